package io.tidewatch.standalone.scenario;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.standalone.scenario.Scenario.Observation;
import io.tidewatch.topics.CheckPath;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A scenario as records on topics: what goes in, and what those that come out mean. Immutable.
 *
 * @param entityId no other scenario on the same stage has it
 * @param start what the scenario's times count from
 */
public record StagedScenario(Scenario scenario, String entityId, Instant start) {
    private static final String TENANT = "scenarios";
    private static final String CHECK = "chScenario";
    private static final String ALARM = "alScenario";

    public CheckPath path() {
        return new CheckPath(TENANT, entityId, CHECK);
    }

    public String alarmKey() {
        return path().sibling(ALARM);
    }

    public Check check() {
        return Check.newBuilder()
                .setTenantId(TENANT)
                .setEntityId(entityId)
                .setCheckId(CHECK)
                .setType(scenario.checkType())
                .setPeriodSeconds(Math.toIntExact(scenario.period().toSeconds()))
                .setTimeoutSeconds(1)
                .setMonitoringZonesPoll(scenario.zones())
                .setCreatedAt(start)
                .setUpdatedAt(start)
                .build();
    }

    public Alarm alarm() {
        return Alarm.newBuilder()
                .setTenantId(TENANT)
                .setEntityId(entityId)
                .setAlarmId(ALARM)
                .setCheckId(CHECK)
                .setLabel(scenario.name())
                .setCriteria(scenario.criteria())
                .setNotificationPlanId("npScenario")
                .setCreatedAt(start)
                .setUpdatedAt(start)
                .build();
    }

    /** In order of arrival. */
    public List<CheckResult> results() {
        return IntStream.range(0, scenario.observations().size())
                .mapToObj(index -> result(index, scenario.observations().get(index)))
                .toList();
    }

    /**
     * @param events those of {@link #alarmKey}, in order
     * @param newest the newest of {@link #alarmKey}; null when there is none
     */
    public Performance performance(List<AlertEvent> events, @Nullable AlarmState newest) {
        List<Transition> transitions = events.stream()
                .map(event -> new Transition(
                        Duration.between(start, event.getTimestamp()),
                        event.getPreviousState(),
                        event.getState(),
                        event.getStatus()))
                .toList();
        Optional<String> disabledReason = Optional.ofNullable(newest).map(AlarmState::getDisabledReason);
        return new Performance(scenario, transitions, disabledReason);
    }

    private CheckResult result(int index, Observation observation) {
        String id = path() + "#" + index;
        Map<String, Metric> metrics = new HashMap<>();
        observation.metrics().forEach((name, value) -> metrics.put(name, new Metric(value, null)));
        return CheckResult.newBuilder()
                .setResultId(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setTenantId(TENANT)
                .setEntityId(entityId)
                .setCheckId(CHECK)
                .setCheckType(scenario.checkType())
                .setZoneId(observation.zone().orElse(null))
                .setCollectorId("scenario")
                .setTimestamp(start.plus(observation.at()))
                .setAvailable(observation.available())
                .setStatus(observation.status())
                .setMetrics(metrics)
                .build();
    }
}
