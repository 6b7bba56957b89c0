package io.tidewatch.suppression;

import java.time.Instant;
import java.util.Optional;

/** When something holds. Pure: the same instant has the same answer. */
public interface Times {
    /** When it ends, if it holds at this instant. */
    Optional<Instant> endAt(Instant instant);

    /** When it begins next after this instant. */
    Optional<Instant> nextBegin(Instant instant);

    /** Once, from a time to another. */
    static Times once(Instant begin, Instant end) {
        return new Times() {
            @Override
            public Optional<Instant> endAt(Instant instant) {
                return begin.isAfter(instant) || !end.isAfter(instant) ? Optional.empty() : Optional.of(end);
            }

            @Override
            public Optional<Instant> nextBegin(Instant instant) {
                return begin.isAfter(instant) && begin.isBefore(end) ? Optional.of(begin) : Optional.empty();
            }
        };
    }
}
