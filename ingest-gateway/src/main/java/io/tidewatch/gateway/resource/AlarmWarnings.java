package io.tidewatch.gateway.resource;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is odd about criteria that are accepted nonetheless. Criteria are parsed once, not for each page of alarms that shows
 * them. Thread-safe.
 */
final class AlarmWarnings {
    private static final int MAX_REMEMBERED = 10_000;

    private record Judged(String typeId, String criteria) {}

    private final Map<Judged, List<String>> remembered = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Judged, List<String>> eldest) {
            return size() > MAX_REMEMBERED;
        }
    };

    /** A sentence if the criteria names metrics that no check of the type has. */
    List<String> of(CheckType type, String criteria) {
        Judged judged = new Judged(type.id(), criteria);
        synchronized (remembered) {
            List<String> known = remembered.get(judged);
            if (known != null) {
                return known;
            }
        }
        List<String> found = judge(type, criteria);
        synchronized (remembered) {
            remembered.put(judged, found);
        }
        return found;
    }

    private static List<String> judge(CheckType type, String criteria) {
        List<String> absent = metrics(criteria).stream()
                .filter(metric -> !type.mayHave(metric))
                .toList();
        if (absent.isEmpty()) {
            return List.of();
        }
        String present =
                type.metrics().stream().map(DeclaredMetric::name).sorted().collect(Collectors.joining(", "));
        return List.of("criteria: a check of type " + type.id() + " never has the metric "
                + String.join(" nor the metric ", absent) + "; it has " + present);
    }

    /** An alarm that came from elsewhere may have criteria that this version can't read; nothing is said of those here. */
    private static List<String> metrics(String criteria) {
        try {
            return CriteriaParser.parse(criteria).metricsInOrder();
        } catch (CriteriaException e) {
            return List.of();
        }
    }
}
