package io.tidewatch.checks.agent;

import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.MetricType;
import io.tidewatch.checks.declaration.Unit;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/** Declares metrics that differ in their names alone. */
final class SimilarMetrics {
    private SimilarMetrics() {}

    static List<DeclaredMetric> integers(String... names) {
        return integers(Unit.NONE, names);
    }

    static List<DeclaredMetric> integers(Unit unit, String... names) {
        return each(names, name -> DeclaredMetric.integer(name, unit));
    }

    static List<DeclaredMetric> decimals(Unit unit, String... names) {
        return each(names, name -> DeclaredMetric.decimal(name, unit));
    }

    static List<DeclaredMetric> texts(String... names) {
        return each(names, DeclaredMetric::text);
    }

    static List<DeclaredMetric> flags(String... names) {
        return each(names, name -> new DeclaredMetric(name, MetricType.BOOLEAN, Unit.NONE));
    }

    private static List<DeclaredMetric> each(String[] names, Function<String, DeclaredMetric> declare) {
        return Stream.of(names).map(declare).toList();
    }
}
