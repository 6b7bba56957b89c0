package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;

final class ResolutionTest {
    @Example
    void aWindowHoldsItsFirstMillisecondAndNotItsEnd() {
        Instant start = Instant.parse("2026-01-01T00:05:00Z");

        assertThat(Resolution.MIN5.windowStart(start)).isEqualTo(start);
        assertThat(Resolution.MIN5.windowStart(start.minusMillis(1))).isEqualTo(start.minusSeconds(300));
        assertThat(Resolution.MIN5.windowStart(start.plusMillis(299_999))).isEqualTo(start);
        assertThat(Resolution.MIN5.windowStart(start.plusSeconds(300))).isEqualTo(Resolution.MIN5.windowEnd(start));
    }

    @Property
    void everyMomentFallsIntoOneWindowAlignedToTheEpoch(
            @ForAll @LongRange(min = -10_000_000_000L, max = 4_000_000_000_000L) long atMs) {
        Instant at = Instant.ofEpochMilli(atMs);

        Instant start = Resolution.MIN5.windowStart(at);

        assertThat(start.toEpochMilli() % Duration.ofMinutes(5).toMillis()).isZero();
        assertThat(at).isBetween(start, Resolution.MIN5.windowEnd(start).minusMillis(1));
    }

    @Example
    void isFoundByItsMinutes() {
        assertThat(Resolution.ofMinutes(5)).contains(Resolution.MIN5);
        assertThat(Resolution.ofMinutes(6)).isEmpty();
    }

    @Example
    void everyWindowIsMadeOfWholeWindowsOfTheFinerResolution() {
        for (Resolution resolution : Resolution.values()) {
            resolution
                    .finer()
                    .ifPresent(finer ->
                            assertThat(resolution.minutes() % finer.minutes()).isZero());
            assertThat(resolution.coarser().flatMap(Resolution::finer))
                    .isEqualTo(resolution.coarser().map(coarser -> resolution));
        }
    }
}
