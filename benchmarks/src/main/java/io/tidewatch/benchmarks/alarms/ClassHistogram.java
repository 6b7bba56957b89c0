package io.tidewatch.benchmarks.alarms;

import java.lang.management.ManagementFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/** What is alive on the heap, by class. */
record ClassHistogram(Map<String, Usage> byClass) {
    private static final Pattern LINE = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+(\\d+)\\s+(\\S+).*");

    /** The instances of one class. */
    record Usage(long instances, long bytes) {
        static final Usage NONE = new Usage(0, 0);

        Usage minus(Usage other) {
            return new Usage(instances - other.instances, bytes - other.bytes);
        }
    }

    ClassHistogram {
        byClass = Map.copyOf(byClass);
    }

    /**
     * Of this process, now, after a full collection.
     *
     * <p>Source: {@code jcmd PID GC.class_histogram}, which collects first so as to count only what can be reached.
     */
    static ClassHistogram ofThisProcess() {
        try {
            Object text = ManagementFactory.getPlatformMBeanServer()
                    .invoke(
                            new ObjectName("com.sun.management:type=DiagnosticCommand"),
                            "gcClassHistogram",
                            new Object[] {new String[0]},
                            new String[] {String[].class.getName()});
            return parse((String) text);
        } catch (JMException e) {
            throw new IllegalStateException("This JVM gives no class histogram", e);
        }
    }

    /** @param text lines of rank, instances, bytes and class, among others */
    static ClassHistogram parse(String text) {
        Map<String, Usage> byClass = new HashMap<>();
        text.lines().forEach(line -> {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                byClass.merge(
                        matcher.group(3),
                        new Usage(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))),
                        (one, other) -> new Usage(one.instances + other.instances, one.bytes + other.bytes));
            }
        });
        return new ClassHistogram(byClass);
    }

    long bytes() {
        return byClass.values().stream().mapToLong(Usage::bytes).sum();
    }

    /** What has come since an earlier one. */
    ClassHistogram since(ClassHistogram earlier) {
        Map<String, Usage> more = new HashMap<>();
        byClass.forEach((name, usage) -> more.put(name, usage.minus(earlier.byClass.getOrDefault(name, Usage.NONE))));
        earlier.byClass.forEach((name, usage) -> more.computeIfAbsent(name, gone -> Usage.NONE.minus(usage)));
        return new ClassHistogram(more);
    }

    /** The classes with the most bytes, a line for each, divided among so many owners. */
    List<String> top(int classes, int owners) {
        return byClass.entrySet().stream()
                .sorted(Comparator.comparingLong(entry -> -entry.getValue().bytes()))
                .limit(classes)
                .map(entry -> String.format(
                        Locale.ROOT,
                        "%10.1f bytes %8.2f instances  %s",
                        (double) entry.getValue().bytes() / owners,
                        (double) entry.getValue().instances() / owners,
                        entry.getKey()))
                .toList();
    }
}
