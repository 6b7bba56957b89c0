package io.tidewatch.notifier.task;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.State;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** The notification plans of a task's tenants, as the incident rules read them. Confined to the task's thread. */
final class Plans {
    private final KeyValueStore<String, NotificationPlan> store;

    Plans(KeyValueStore<String, NotificationPlan> store) {
        this.store = store;
    }

    /** @param now null when the plan was deleted */
    void change(String planKey, @Nullable NotificationPlan now) {
        store.put(planKey, now);
    }

    /**
     * A tenant's plan.
     *
     * @param planId null for an alarm that names none
     * @return one that tells nobody when there is no such plan
     */
    Plan of(String tenantId, @Nullable String planId) {
        NotificationPlan stored = planId == null ? null : store.get(tenantId + "/" + planId);
        return stored == null ? Plan.NOBODY : read(stored);
    }

    private static Plan read(NotificationPlan stored) {
        Map<State, Set<String>> channels = new HashMap<>();
        channels.put(State.OK, Set.copyOf(stored.getOkState()));
        channels.put(State.WARNING, Set.copyOf(stored.getWarningState()));
        channels.put(State.CRITICAL, Set.copyOf(stored.getCriticalState()));
        channels.put(State.UNKNOWN, Set.copyOf(stored.getUnknownState()));
        return new Plan(
                channels,
                stored.getEscalation().stream()
                        .map(step -> new Plan.EscalationStep(
                                Duration.ofSeconds(step.getAfterSeconds()), Set.copyOf(step.getNotifications())))
                        .toList(),
                Optional.ofNullable(stored.getRepeatAfterSeconds()).map(Duration::ofSeconds),
                Duration.ofSeconds(stored.getLastsForSeconds()),
                stored.getCriticalAtOnce(),
                Optional.ofNullable(stored.getGroupBy())
                        .map(by -> new Plan.Groups(
                                Plan.GroupBy.valueOf(by.name()),
                                Duration.ofSeconds(stored.getGroupWaitSeconds()),
                                Duration.ofSeconds(stored.getGroupIntervalSeconds()))));
    }
}
