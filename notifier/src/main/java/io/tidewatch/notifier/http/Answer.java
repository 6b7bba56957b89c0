package io.tidewatch.notifier.http;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.ReasonText;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.Set;

/**
 * What a receiver answers.
 *
 * @param status of HTTP
 * @param retryAfter the header of that name; empty when there is none
 * @param body its beginning, without the secrets of the call
 */
public record Answer(int status, String retryAfter, String body) {
    /** A receiver that wants more is asked again all the same. */
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    /** The receiver was not ready, and has not taken the request. */
    private static final Set<Integer> NOT_TAKEN = Set.of(408, 425, 429, 503);

    /** What it means for a delivery, where the status alone decides. */
    public Attempt judge(Instant now) {
        Result result;
        if (status / 100 == 2) {
            return Attempt.confirmed();
        } else if (NOT_TAKEN.contains(status)) {
            result = Result.NOT_RECEIVED;
        } else if (status / 100 == 5) {
            // Something failed on its side, perhaps after the message was taken.
            result = Result.UNKNOWN;
        } else {
            result = Result.REFUSED;
        }
        return new Attempt(result, reason(), result == Result.REFUSED ? Optional.empty() : notBefore(now));
    }

    /** What it says, for people. */
    public String reason() {
        String text = ReasonText.tidy(body);
        String said = text.isEmpty() ? "" : ": " + text;
        return status / 100 == 3
                ? "status " + status + ", a redirect, which is not followed"
                : "status " + status + said;
    }

    private Optional<Instant> notBefore(Instant now) {
        return seconds()
                .map(now::plus)
                .or(this::date)
                .map(time -> time.isAfter(now.plus(LONGEST_WAIT)) ? now.plus(LONGEST_WAIT) : time);
    }

    private Optional<Duration> seconds() {
        try {
            return Optional.of(Duration.ofSeconds(Long.parseLong(retryAfter.strip())))
                    .filter(wait -> !wait.isNegative());
        } catch (NumberFormatException noNumber) {
            return Optional.empty();
        }
    }

    private Optional<Instant> date() {
        try {
            return Optional.of(ZonedDateTime.parse(retryAfter.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant());
        } catch (DateTimeException noDate) {
            return Optional.empty();
        }
    }
}
