package io.tidewatch.poller.probe;

import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import java.util.Map;

/** How a run ended. */
public sealed interface Outcome {
    /** One line for people. */
    String status();

    /** What was measured, by name. */
    Map<String, Metric> metrics();

    /** The conversation could be held, whatever was said in it. */
    record Available(String status, Map<String, Metric> metrics) implements Outcome {
        public Available {
            metrics = Map.copyOf(metrics);
        }
    }

    /** The conversation could not be held, for a reason of a closed set. */
    record Unavailable(FailureKind kind, String status, Map<String, Metric> metrics) implements Outcome {
        public Unavailable {
            metrics = Map.copyOf(metrics);
        }
    }

    /** A failure that left nothing to measure. */
    static Outcome failed(FailureKind kind, String status) {
        return new Unavailable(kind, status, Map.of());
    }

    /** The run did not even begin. */
    static Outcome notRun(String reason) {
        return failed(FailureKind.NOT_RUN, "not run: " + reason);
    }
}
