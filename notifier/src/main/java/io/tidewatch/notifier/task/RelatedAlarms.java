package io.tidewatch.notifier.task;

import io.tidewatch.notifier.suppression.Dependency;
import io.tidewatch.notifier.suppression.Detection;
import io.tidewatch.notifier.suppression.Inhibition;
import io.tidewatch.notifier.suppression.Inhibitors;
import io.tidewatch.notifier.suppression.Problems;
import io.tidewatch.notifier.suppression.TenantPasses;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What the alarms of a task's tenants withhold of each other: which of them have a problem, and so inhibit others or hold what depends
 * on them. Confined to the task's thread.
 */
final class RelatedAlarms {
    private final Function<String, Collection<Inhibition>> inhibitionsOfTenant;
    private final Map<String, Inhibitors> inhibitorsByTenant = new HashMap<>();
    private final Problems problems = new Problems();
    private final TenantPasses passes = new TenantPasses();

    RelatedAlarms(Function<String, Collection<Inhibition>> inhibitionsOfTenant) {
        this.inhibitionsOfTenant = inhibitionsOfTenant;
    }

    /**
     * Takes note of how an alarm is.
     *
     * @param event the newest transition
     * @param since when its newest problem began
     */
    void note(String alarmKey, KnownAlarms.Known alarm, AlertEvent event, State state, Instant since) {
        String tenantId = event.getTenantId();
        boolean hasProblem = state != State.OK && !alarm.isDisabled();
        Inhibitors inhibitors = inhibitors(tenantId);
        List<String> parents = alarm.dependency().parents().stream()
                .map(Dependency.Parent::path)
                .toList();
        boolean inhibits = hasProblem ? inhibitors.put(alarmKey, alarm.subject(), since) : inhibitors.remove(alarmKey);
        boolean holds = hasProblem
                ? problems.put(alarmKey, paths(event), parents)
                : problems.remove(alarmKey, Optional.of(event.getTimestamp()).filter(at -> state == State.OK));
        if (inhibits || holds) {
            passes.mark(tenantId);
        }
    }

    /** An alarm has recovered before the task began. */
    void recovered(String alarmKey, AlertEvent end, Instant now) {
        if (end.getTimestamp().plus(Detection.LONGEST).isAfter(now)) {
            problems.ended(alarmKey, paths(end), end.getTimestamp());
        }
    }

    /** What others withhold of an alarm that has a problem. */
    Verdict verdict(String alarmKey, String tenantId, KnownAlarms.Known alarm, Instant since, Instant now) {
        return inhibitors(tenantId)
                .verdict(alarmKey, alarm.subject(), since)
                .and(alarm.dependency().verdict(alarmKey, since, problems, now));
    }

    /** A tenant's inhibitions have changed: its alarms have to be noted again. */
    void forgetInhibitors(String tenantId) {
        inhibitorsByTenant.remove(tenantId);
    }

    /** Forgets what is too old to matter; called now and then. */
    void forget(Instant now) {
        problems.forget(Detection.LONGEST, now);
    }

    /** The open alarms to look at, because others have changed. */
    List<String> toLookAt(int atMost, Function<String, List<String>> alarmsOfTenant) {
        return passes.next(atMost, alarmsOfTenant);
    }

    private Inhibitors inhibitors(String tenantId) {
        Inhibitors known = inhibitorsByTenant.get(tenantId);
        if (known != null) {
            return known;
        }
        Collection<Inhibition> rules = inhibitionsOfTenant.apply(tenantId);
        if (rules.isEmpty()) {
            return Inhibitors.NONE;
        }
        Inhibitors begun = new Inhibitors(rules);
        inhibitorsByTenant.put(tenantId, begun);
        return begun;
    }

    private static List<String> paths(AlertEvent event) {
        return Problems.paths(event.getTenantId(), event.getEntityId(), event.getCheckId(), event.getAlarmId());
    }
}
