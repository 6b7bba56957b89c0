package io.tidewatch.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MonitoredDayTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final MonitoredDay day = new MonitoredDay(4, BEGIN);

    @Test
    void hasATurnOfEachZoneOfEachCheckEveryThirtySeconds() {
        List<CheckResult> results = results(day);

        assertThat(results).hasSize(4 * 3 * 2 * 60 * 24);
        assertThat(results)
                .allSatisfy(
                        result -> assertThat(result.getTimestamp()).isBetween(BEGIN, BEGIN.plusSeconds(24 * 60 * 60)));
    }

    @Test
    void givesEachResultARowOfItsOwn() {
        Set<String> rows = new HashSet<>();

        day.forEach(result -> rows.add(Series.of(result) + "@" + result.getTimestamp()));

        assertThat(rows).hasSize(4 * 3 * 2 * 60 * 24);
    }

    @Test
    void isTheSameEveryTime() {
        List<CheckResult> results = results(day);

        List<CheckResult> again = results(day);

        assertThat(again).isEqualTo(results);
    }

    @Test
    void hasSixToNineMetricsAResultButForTheFewThatFailed() {
        List<CheckResult> results = results(day);

        assertThat(results.stream()
                        .filter(CheckResult::getAvailable)
                        .map(result -> result.getMetrics().size()))
                .containsOnly(6, 8, 9);
        assertThat(results.stream().filter(result -> !result.getAvailable()).count())
                .isBetween(10L, 60L);
    }

    private static List<CheckResult> results(MonitoredDay day) {
        List<CheckResult> results = new ArrayList<>();
        day.forEach(results::add);
        return results;
    }
}
