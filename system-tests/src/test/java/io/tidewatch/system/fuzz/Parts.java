package io.tidewatch.system.fuzz;

import io.tidewatch.system.installation.PartProcess;
import io.tidewatch.system.installation.PartsInstallation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the processes are that are to bear it all: their health, their threads, their memory, and what they say of it. */
final class Parts {
    /** Of 256 MB: what is alive after a collection has to leave as much again for what comes and goes. */
    private static final long MAX_LIVE_BYTES = 128L << 20;

    /** More than all that happens to a part is worth. Fault: one tenant's garbage made 200 MB in eight minutes. */
    private static final long MAX_LOG_BYTES = 1L << 20;

    private static final String THREAD_FAILURES = "tidewatch_stream_thread_failures_total";
    private static final Pattern LIVE_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern TROUBLE = Pattern.compile("(?m)^.*( ERROR |OutOfMemoryError|StackOverflowError).*$");
    private static final int EXAMPLES = 3;

    /** Errors in a log that are none: Kafka Streams says so of a commit that takes long, and then tries again. */
    private static final List<Pattern> EXPECTED = List.of(Pattern.compile("TaskExecutor .* Committing task.* failed"));

    private final PartsInstallation installation;

    Parts(PartsInstallation installation) {
        this.installation = installation;
    }

    /** Whether there is nobody left to go on with. */
    boolean isAnyDead() {
        return installation.parts().stream().anyMatch(part -> !part.isAlive());
    }

    /** Threads of applications that have died so far. */
    long threadFailures() {
        return (long) sum(THREAD_FAILURES);
    }

    /** What is wrong with them now. */
    List<String> complaints() {
        List<String> complaints = new ArrayList<>();
        for (PartProcess part : installation.parts()) {
            if (!part.isAlive()) {
                complaints.add(part + " has ended");
            } else if (!part.isLive() || !part.isReady()) {
                complaints.add(part + " is not " + (part.isLive() ? "ready" : "live"));
            }
        }
        return complaints;
    }

    /** The sum of a metric of the stream applications, of those lines that have all these fragments. */
    double sum(String name, String... fragments) {
        return installation.streams().metrics().stream()
                .flatMap(String::lines)
                .filter(line -> line.startsWith(name) && Stream.of(fragments).allMatch(line::contains))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    /** Bytes that are alive in each part, after a collection. */
    Map<String, Long> liveBytes() {
        Map<String, Long> live = new java.util.TreeMap<>();
        installation.parts().stream()
                .filter(PartProcess::isAlive)
                .forEach(part -> live.put(part.toString(), live(part)));
        return live;
    }

    /** Parts that hold on to more than they may. */
    static List<String> tooLarge(Map<String, Long> live) {
        return live.entrySet().stream()
                .filter(entry -> entry.getValue() > MAX_LIVE_BYTES)
                .map(entry -> entry.getKey() + " has " + (entry.getValue() >> 20) + " MB alive after a collection")
                .toList();
    }

    /** Errors that parts have logged, for each the first of them; and logs that are too long. */
    List<String> errors() {
        List<String> errors = new ArrayList<>();
        for (PartProcess part : installation.parts()) {
            if (part.log().length() > MAX_LOG_BYTES) {
                errors.add(part + " has logged " + (part.log().length() >> 20) + " MB");
            }
            TROUBLE.matcher(part.log())
                    .results()
                    .map(found -> found.group())
                    .filter(line -> EXPECTED.stream()
                            .noneMatch(expected -> expected.matcher(line).find()))
                    .limit(EXAMPLES)
                    .forEach(line -> errors.add(part + " logged: " + line));
        }
        return errors;
    }

    private static long live(PartProcess part) {
        try {
            Process histogram = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "jcmd")
                                    .toString(),
                            Long.toString(part.processId()),
                            "GC.class_histogram")
                    .redirectErrorStream(true)
                    .start();
            String text = new String(histogram.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            Matcher total = LIVE_TOTAL.matcher(text);
            return total.find() ? Long.parseLong(total.group(1)) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
