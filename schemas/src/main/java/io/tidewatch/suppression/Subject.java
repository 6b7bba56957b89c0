package io.tidewatch.suppression;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.State;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An alarm as suppressions see it.
 *
 * @param checkType empty when the check is not known any more
 * @param planId of its notification plan; empty when it has none
 * @param state empty when it is not known: then conditions on it hold
 */
public record Subject(Named entity, Named check, String checkType, Named alarm, String planId, Optional<State> state) {
    /**
     * An entity, a check or an alarm.
     *
     * @param label empty when it has none
     */
    public record Named(String id, String label, Map<String, String> metadata) {
        public Named {
            metadata = Map.copyOf(metadata);
        }

        /** Something of which only the id is known. */
        public static Named of(String id) {
            return new Named(id, "", Map.of());
        }

        private static Named of(String id, @Nullable String label, Map<String, String> metadata) {
            return new Named(id, Objects.requireNonNullElse(label, ""), metadata);
        }
    }

    /** As the alarm, its entity and its check are configured. */
    public static Subject of(Optional<Entity> entity, Optional<Check> check, Alarm alarm, Optional<State> state) {
        return new Subject(
                entity(alarm.getEntityId(), entity),
                check(alarm.getCheckId(), check),
                check.map(Check::getType).orElse(""),
                Named.of(alarm.getAlarmId(), alarm.getLabel(), alarm.getMetadata()),
                Objects.requireNonNullElse(alarm.getNotificationPlanId(), ""),
                state);
    }

    /** One that has been deleted, or is not known yet, of which a transition tells. */
    public static Subject of(
            String entityId,
            Optional<Entity> entity,
            String checkId,
            Optional<Check> check,
            String alarmId,
            @Nullable String planId,
            State state) {
        return new Subject(
                entity(entityId, entity),
                check(checkId, check),
                check.map(Check::getType).orElse(""),
                Named.of(alarmId),
                Objects.requireNonNullElse(planId, ""),
                Optional.of(state));
    }

    public Subject in(State now) {
        return new Subject(entity, check, checkType, alarm, planId, Optional.of(now));
    }

    /** As suppressions name a check, {@code entity:check}. */
    public String checkPair() {
        return entity.id() + ":" + check.id();
    }

    /** As suppressions name an alarm, {@code entity:alarm}. */
    public String alarmPair() {
        return entity.id() + ":" + alarm.id();
    }

    private static Named entity(String id, Optional<Entity> entity) {
        return entity.map(known -> Named.of(id, known.getLabel(), known.getMetadata()))
                .orElseGet(() -> Named.of(id));
    }

    private static Named check(String id, Optional<Check> check) {
        return check.map(known -> Named.of(id, known.getLabel(), known.getMetadata()))
                .orElseGet(() -> Named.of(id));
    }
}
