package io.tidewatch.gateway.timeseries;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/**
 * Which transitions of a tenant, or what else is in the order of time and transition, from {@code from} to right before {@code until}: the {@code limit} first ones in the asked
 * order, which begins at {@code start} where there is one.
 *
 * @param entityId only of this entity
 * @param alarmId only of this alarm, which needs its entity
 */
public record TransitionRange(
        String tenantId,
        Optional<String> entityId,
        Optional<String> alarmId,
        Instant from,
        Instant until,
        Order order,
        Optional<Position> start,
        int limit) {
    public TransitionRange {
        if (alarmId.isPresent() && entityId.isEmpty()) {
            throw new IllegalArgumentException("An alarm is told by its entity and its id");
        }
    }

    /** Where a page begins: at this transition. */
    public record Position(Instant timestamp, String eventId) {}

    /** Transitions of the same millisecond are ordered by their id, in the one direction or the other. */
    public enum Order {
        OLDEST_FIRST(Comparator.<Position, Instant>comparing(Position::timestamp)
                .thenComparing(Position::eventId, Comparator.reverseOrder())),
        NEWEST_FIRST(OLDEST_FIRST.positions.reversed());

        private final Comparator<Position> positions;

        Order(Comparator<Position> positions) {
            this.positions = positions;
        }

        /** Which position comes first. */
        public Comparator<Position> positions() {
            return positions;
        }
    }
}
