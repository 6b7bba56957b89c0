package io.tidewatch.notifier.task;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.notifier.suppression.Dependency;
import io.tidewatch.notifier.suppression.Detection;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.State;
import io.tidewatch.suppression.Subject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Alarms as they are configured now, in the form of the rules. Confined to the task's thread. */
final class KnownAlarms {
    /** How long what was found out about a parent is used again: many alarms may depend on the same one. */
    private static final Duration REMEMBER = Duration.ofSeconds(10);

    private static final int REMEMBERED = 10_000;

    private final Configured configured;
    private final Detection detection = new Detection(CheckTypes.ALL);
    private final Map<String, Remembered> detectionOfParents = new HashMap<>();

    private record Remembered(Duration detection, Instant until) {}

    /** @param isDisabled whether nobody is to be told of its problems; its state means nothing to others either */
    record Known(Subject subject, Dependency dependency, boolean isDisabled) {}

    KnownAlarms(Configured configured) {
        this.configured = configured;
    }

    /** @param event its newest transition */
    Known of(Optional<Alarm> alarm, AlertEvent event, State state, Instant now) {
        Optional<Entity> entity = configured.entity(event);
        Optional<Check> check = configured.check(event);
        Subject subject = alarm.map(is -> Subject.of(entity, check, is, Optional.of(state)))
                .orElseGet(() -> Subject.of(
                        event.getEntityId(),
                        entity,
                        event.getCheckId(),
                        check,
                        event.getAlarmId(),
                        event.getNotificationPlanId(),
                        state));
        return new Known(
                subject,
                dependency(event.getTenantId(), entity, check, alarm, now),
                alarm.map(Alarm::getDisabled).orElse(false));
    }

    private Dependency dependency(
            String tenantId, Optional<Entity> entity, Optional<Check> check, Optional<Alarm> alarm, Instant now) {
        Set<String> names = new LinkedHashSet<>();
        alarm.map(Alarm::getDependsOn).ifPresent(names::addAll);
        check.map(Check::getDependsOn).ifPresent(names::addAll);
        entity.map(Entity::getDependsOn).ifPresent(names::addAll);
        if (names.isEmpty()) {
            return Dependency.NONE;
        }
        List<Dependency.Parent> parents = new ArrayList<>();
        names.forEach(name ->
                parents.add(new Dependency.Parent(Keys.of(tenantId, name), detectionOfParent(tenantId, name, now))));
        Duration own =
                alarm.flatMap(is -> check.map(of -> detection.of(is, of))).orElse(Duration.ZERO);
        return new Dependency(parents, own);
    }

    private Duration detectionOfParent(String tenantId, String name, Instant now) {
        String path = Keys.of(tenantId, name);
        Remembered before = detectionOfParents.get(path);
        if (before != null && before.until().isAfter(now)) {
            return before.detection();
        }
        if (detectionOfParents.size() >= REMEMBERED) {
            detectionOfParents.clear();
        }
        Duration longest = configured.alarmsNamed(tenantId, name).stream()
                .filter(alarm -> !alarm.getDisabled())
                .flatMap(alarm -> configured.checkOf(alarm).map(check -> detection.of(alarm, check)).stream())
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        detectionOfParents.put(path, new Remembered(longest, now.plus(REMEMBER)));
        return longest;
    }
}
