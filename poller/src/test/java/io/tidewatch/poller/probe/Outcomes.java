package io.tidewatch.poller.probe;

import io.tidewatch.schema.Metric;
import java.util.Map;
import java.util.stream.Collectors;

/** Takes outcomes apart, for tests. */
public final class Outcomes {
    private Outcomes() {}

    /** The values of an available outcome's metrics, by name. */
    public static Map<String, Object> values(Outcome outcome) {
        return outcome.metrics().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().getValue()));
    }

    /** The units of an outcome's metrics, by name; an empty text for a metric without. */
    public static Map<String, String> units(Outcome outcome) {
        return outcome.metrics().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> unit(entry.getValue())));
    }

    private static String unit(Metric metric) {
        return metric.getUnit() == null ? "" : metric.getUnit();
    }
}
