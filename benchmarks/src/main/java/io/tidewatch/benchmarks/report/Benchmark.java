package io.tidewatch.benchmarks.report;

/** Something that is measured by itself, on servers of its own. */
public interface Benchmark {
    /**
     * Measures once; takes minutes.
     *
     * @param quick whether a rough figure within a minute is wanted
     * @throws RuntimeException with a message for people when nothing could be measured
     */
    Report run(boolean quick);
}
