package io.tidewatch.benchmarks.rollups;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.load.Backlog;
import io.tidewatch.benchmarks.load.Fleet;
import io.tidewatch.schema.MetricRollup;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ExpectedRollupsTest {
    private static final Instant END = Instant.parse("2026-01-01T00:06:00Z");

    /** One check, whose zones take turns of ten seconds from 23:59:00 on. */
    private final ExpectedRollups rollups = new ExpectedRollups(new Backlog(Fleet.alike(1, 50), 42, END));

    @Test
    void expectsThreeMetricsOfEachZoneInEachWindowThatIsOver() {
        // 23:55 and 00:00 in five minutes; those around 23:55 that end at midnight in 20, 60, 240 and 1440.
        assertThat(rollups.expected()).isEqualTo(3 * 3 * (2 + 4));
    }

    @Test
    void isCompleteWithEachOfThemOnce() {
        for (String zone : new String[] {"mzdfw", "mzord", "mzlon"}) {
            for (String metric : new String[] {"@available", "duration", "bytes"}) {
                arrive(zone, metric, 5, "2026-01-01T00:00:00Z", 10);
                arrive(zone, metric, 5, "2025-12-31T23:55:00Z", 2);
                arrive(zone, metric, 20, "2025-12-31T23:40:00Z", 2);
                arrive(zone, metric, 60, "2025-12-31T23:00:00Z", 2);
                arrive(zone, metric, 240, "2025-12-31T20:00:00Z", 2);
                arrive(zone, metric, 1440, "2025-12-31T00:00:00Z", 2);
            }
        }

        assertThat(rollups.complete()).isTrue();
        assertThat(rollups.faults()).isEmpty();
    }

    @Test
    void oneWithoutAllItsValuesIsAFault() {
        arrive("mzdfw", "duration", 5, "2026-01-01T00:00:00Z", 9);

        assertThat(rollups.faults())
                .contains("of 54 rollups 53 did not come, and 1 came twice or do not hold what they must");
    }

    @Test
    void oneThatComesTwiceIsAFault() {
        arrive("mzdfw", "duration", 5, "2026-01-01T00:00:00Z", 10);
        arrive("mzdfw", "duration", 5, "2026-01-01T00:00:00Z", 10);

        assertThat(rollups.faults())
                .contains("of 54 rollups 53 did not come, and 1 came twice or do not hold what they must");
    }

    @Test
    void aWindowThatTheWallClockEndsDoesNotCount() {
        arrive("mzdfw", "duration", 5, "2026-01-01T00:05:00Z", 2);

        assertThat(rollups.faults())
                .contains("of 54 rollups 54 did not come, and 0 came twice or do not hold what they must");
    }

    private void arrive(String zone, String metric, int minutes, String start, long count) {
        MetricRollup rollup = new MetricRollup();
        rollup.setMetric(metric);
        rollup.setResolutionMinutes(minutes);
        rollup.setWindowStart(Instant.parse(start));
        rollup.setCount(count);
        rollups.arrived("benchmark/en0/ch0/" + zone + "/" + metric, rollup);
    }
}
