package io.tidewatch.benchmarks.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.MetricRollup;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RolledUpDayTest {
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");

    private final RolledUpDay day = new RolledUpDay(new MonitoredDay(1, BEGIN));

    @Test
    void hasEveryWindowOfADay() {
        List<MetricRollup> availability = availability();

        assertThat(availability).hasSize(3 * (288 + 72 + 24 + 6 + 1));
        assertThat(availability)
                .allSatisfy(rollup -> assertThat(rollup.getCount()).isEqualTo(2L * rollup.getResolutionMinutes()));
    }

    @Test
    void publishesAWindowAfterAllFinerOnesInIt() {
        List<MetricRollup> last = availability().stream()
                .filter(rollup -> rollup.getZoneId().equals("mzdfw"))
                .toList();

        assertThat(last.subList(last.size() - 5, last.size()))
                .extracting(MetricRollup::getResolutionMinutes)
                .containsExactly(5, 20, 60, 240, 1440);
        assertThat(last.get(last.size() - 1).getWindowStart()).isEqualTo(BEGIN);
    }

    @Test
    void batchesWhatIsOfOnePartition() {
        day.forEachBatch(batch -> assertThat(batch).allSatisfy(rollup -> {
            assertThat(rollup.getZoneId()).isEqualTo(batch.get(0).getZoneId());
            assertThat(rollup.getWindowStart()).isEqualTo(batch.get(0).getWindowStart());
            assertThat(Resolution.ofMinutes(rollup.getResolutionMinutes()))
                    .isEqualTo(Resolution.ofMinutes(batch.get(0).getResolutionMinutes()));
        }));
    }

    private List<MetricRollup> availability() {
        List<MetricRollup> rollups = new ArrayList<>();
        day.forEachBatch(batch -> batch.stream()
                .filter(rollup -> rollup.getMetric().equals(Series.AVAILABILITY))
                .forEach(rollups::add));
        return rollups;
    }
}
