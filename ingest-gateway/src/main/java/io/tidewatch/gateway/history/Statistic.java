package io.tidewatch.gateway.history;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.QueryParameters;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** A statistic that a plot can show for each point. The first five are Rackspace Cloud Monitoring's. */
enum Statistic {
    NUM_POINTS("numPoints"),
    AVERAGE("average"),
    MIN("min"),
    MAX("max"),
    VARIANCE("variance"),
    SUM("sum"),
    FIRST("first"),
    LAST("last"),
    RATE("rate"),
    P50("p50"),
    P95("p95"),
    P99("p99");

    private final String wireName;

    Statistic(String wireName) {
        this.wireName = wireName;
    }

    String wireName() {
        return wireName;
    }

    /**
     * Those that are asked for, and the number of points, which always comes; the average when none is.
     *
     * @throws Fault naming the one that does not exist
     */
    static Set<Statistic> selected(QueryParameters query) {
        Set<Statistic> selected = EnumSet.of(NUM_POINTS);
        query.several("select").forEach(name -> selected.add(named(name)));
        if (query.several("select").isEmpty()) {
            selected.add(AVERAGE);
        }
        return selected;
    }

    private static Statistic named(String name) {
        return Arrays.stream(values())
                .filter(statistic -> statistic.wireName.equals(name))
                .findFirst()
                .orElseThrow(() -> Fault.badField(
                        "select",
                        "has '" + name + "', but takes "
                                + Arrays.stream(values())
                                        .map(Statistic::wireName)
                                        .collect(Collectors.joining(", "))));
    }
}
