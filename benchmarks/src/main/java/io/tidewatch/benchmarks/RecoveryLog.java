package io.tidewatch.benchmarks;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The steps of a recovery, as a streams process's log tells them.
 *
 * <p>Source: the messages of Kafka Streams 4.3.1 ({@code StreamThread}, {@code ConsumerCoordinator}, {@code
 * StoreChangelogReader}) and our own of {@code StreamsApp} and {@code RunningApplication}. A step whose message is worded
 * anew is left out.
 */
record RecoveryLog(List<String> lines) {
    /** The last message of a kind tells when all of it was done. */
    private static final Map<String, String> STEPS = new LinkedHashMap<>();

    static {
        STEPS.put("process started", "Streams start applications=");
        STEPS.put("joined group", "Successfully joined group");
        STEPS.put("tasks assigned", "Handle new assignment");
        STEPS.put("stores restored", "Finished restoring changelog");
        STEPS.put("tasks restored", "Restoration took");
        STEPS.put("at work", "state=RUNNING");
    }

    RecoveryLog {
        lines = List.copyOf(lines);
    }

    /** A line for people: each step, with the seconds from the kill to its last message. */
    String since(Instant kill) {
        List<String> steps = new ArrayList<>();
        STEPS.forEach((step, message) -> lastAfter(kill, message)
                .ifPresent(
                        after -> steps.add(String.format(Locale.ROOT, "%s %.2f s", step, after.toMillis() / 1000.0))));
        return steps.isEmpty() ? "(nothing in the log)" : steps.stream().collect(Collectors.joining(", "));
    }

    private Optional<Duration> lastAfter(Instant kill, String message) {
        return lines.stream()
                .filter(line -> line.contains(message))
                .flatMap(line -> time(line).stream())
                .filter(kill::isBefore)
                .reduce((earlier, later) -> later)
                .map(at -> Duration.between(kill, at));
    }

    private static Optional<Instant> time(String line) {
        try {
            return Optional.of(OffsetDateTime.parse(line.substring(0, Math.max(0, line.indexOf(' '))))
                    .toInstant());
        } catch (DateTimeParseException noTime) {
            return Optional.empty();
        }
    }
}
