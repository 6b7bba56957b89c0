package io.tidewatch.benchmarks.restart;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The steps of a recovery, as a streams process's log tells them.
 *
 * <p>Source: the messages of Kafka Streams 4.3.1 ({@code ConsumerCoordinator}, {@code TaskManager},
 * {@code DefaultStateUpdater}, {@code StreamTask}) and our own of {@code StreamsApp} and {@code RunningApplication}. A
 * step whose message is worded anew is left out.
 */
record RecoveryLog(List<String> lines) {
    private static final List<Step> STEPS = List.of(
            new Step("process started", "Streams start applications=", false),
            new Step("joined group", "Successfully joined group", false),
            new Step("tasks assigned", "Handle new assignment", false),
            new Step("stores restored", "completed restoration", false),
            new Step("first task ready", "Restored and ready to run", true),
            new Step("last task ready", "Restored and ready to run", false),
            new Step("at work", "state=RUNNING", false));

    /** @param first whether its first message tells when it was done, and not its last */
    private record Step(String name, String message, boolean first) {}

    RecoveryLog {
        lines = List.copyOf(lines);
    }

    /** A line for people: each step, with the seconds from the kill to its last message. */
    String since(Instant kill) {
        List<String> steps = new ArrayList<>();
        for (Step step : STEPS) {
            after(kill, step)
                    .ifPresent(after ->
                            steps.add(String.format(Locale.ROOT, "%s %.2f s", step.name(), after.toMillis() / 1000.0)));
        }
        return steps.isEmpty() ? "(nothing in the log)" : steps.stream().collect(Collectors.joining(", "));
    }

    private Optional<Duration> after(Instant kill, Step step) {
        return lines.stream()
                .filter(line -> line.contains(step.message()))
                .flatMap(line -> time(line).stream())
                .filter(kill::isBefore)
                .reduce((earlier, later) -> step.first() ? earlier : later)
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
