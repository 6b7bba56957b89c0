package io.tidewatch.benchmarks.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a benchmark found out.
 *
 * @param table lines for people
 * @param figures by name, in the order to print them; the name says the unit
 * @param faults why the figures can't be trusted; empty when they can
 */
public record Report(List<String> table, Map<String, Double> figures, List<String> faults) {
    public Report {
        table = List.copyOf(table);
        figures = Collections.unmodifiableMap(new LinkedHashMap<>(figures));
        faults = List.copyOf(faults);
    }

    /** One line. Names are our own and need no escapes; a figure that is no number is null. */
    public String json(String benchmark) {
        return figures.entrySet().stream()
                .map(figure -> "\"" + figure.getKey() + "\": " + number(figure.getValue()))
                .collect(Collectors.joining(", ", "{\"benchmark\": \"" + benchmark + "\", \"figures\": {", "}}"));
    }

    private static String number(double value) {
        if (!Double.isFinite(value)) {
            return "null";
        }
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
