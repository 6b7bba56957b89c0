package io.tidewatch.gateway.resource;

import io.tidewatch.gateway.http.JsonFields;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** From when until when a suppression or a silence holds. */
public record TimeSpan(Instant start, Instant end) {
    public static final String START_TIME = "start_time";
    public static final String END_TIME = "end_time";

    /** For clients whose clocks are behind, and for the time that a request takes. */
    private static final Duration TOLERATED_PAST = Duration.ofSeconds(60);

    /**
     * Reads both. A start that is absent or 0 is now; one that stays as it was may lie in the past as far as it likes.
     *
     * @param before the start that it had
     * @throws io.tidewatch.gateway.http.Fault naming the one that is bad
     */
    public static TimeSpan read(JsonFields fields, Optional<Instant> before, Instant now) {
        Instant start = start(fields, before, now);
        Instant end = fields.time(END_TIME).orElseThrow(() -> fields.bad(END_TIME, "is required"));
        if (!end.isAfter(start)) {
            throw fields.bad(END_TIME, "has to be later than start_time, which is " + start.toEpochMilli());
        }
        return new TimeSpan(start, end);
    }

    public Duration length() {
        return Duration.between(start, end);
    }

    private static Instant start(JsonFields fields, Optional<Instant> before, Instant now) {
        Instant given = fields.time(START_TIME)
                .filter(time -> !time.equals(Instant.EPOCH))
                .orElse(now);
        boolean stays = before.filter(given::equals).isPresent();
        if (!stays && given.isBefore(now.minus(TOLERATED_PAST))) {
            throw fields.bad(
                    START_TIME,
                    "lies more than " + TOLERATED_PAST.toSeconds() + " seconds in the past: leave it out to begin now");
        }
        return given;
    }
}
