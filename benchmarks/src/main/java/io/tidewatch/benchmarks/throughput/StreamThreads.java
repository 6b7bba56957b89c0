package io.tidewatch.benchmarks.throughput;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.regex.Pattern;

/** The threads of this process in which a Kafka Streams application works off its records. */
final class StreamThreads {
    /** Not those of its clients, whose names go on after the number. Source: Kafka Streams 4.3.1, {@code StreamThread}. */
    private static final Pattern NAME = Pattern.compile(".+-StreamThread-\\d+");

    private StreamThreads() {}

    /** What they have used of a processor since they exist. */
    static long cpuNanos(String application) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long sum = 0;
        for (ThreadInfo thread : threads.getThreadInfo(threads.getAllThreadIds())) {
            if (thread != null && isOf(application, thread.getThreadName())) {
                sum += Math.max(0, threads.getThreadCpuTime(thread.getThreadId()));
            }
        }
        return sum;
    }

    static boolean isOf(String application, String thread) {
        return thread.startsWith(application + "-") && NAME.matcher(thread).matches();
    }
}
