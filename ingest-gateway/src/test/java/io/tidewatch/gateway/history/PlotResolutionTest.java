package io.tidewatch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.http.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotResolutionTest {
    private static final Instant NOW = Samples.NOW;

    /** The table of the manual, both sides of each limit. */
    @ParameterizedTest
    @CsvSource({
        "100000, FULL",
        "3168, FULL",
        "3167, MIN5",
        "360, MIN5",
        "359, MIN20",
        "96, MIN20",
        "95, MIN60",
        "30, MIN60",
        "29, MIN240",
        "7, MIN240",
        "6, MIN1440",
        "0, MIN1440"
    })
    void choosesAsTheManualSaysFor48Hours(int points, PlotResolution expected) {
        assertThat(PlotResolution.nearest(points, last(Duration.ofDays(2)), NOW))
                .isEqualTo(expected);
    }

    @Test
    void scalesWithTheRange() {
        assertThat(PlotResolution.nearest(336, last(Duration.ofDays(14)), NOW)).isEqualTo(PlotResolution.MIN60);
        assertThat(PlotResolution.nearest(336, last(Duration.ofHours(1)), NOW)).isEqualTo(PlotResolution.FULL);
    }

    @ParameterizedTest
    @CsvSource({
        "172800, FULL",
        "173100, FULL",
        "173101, MIN5",
        "864300, MIN5",
        "864301, MIN20",
        "1728300, MIN20",
        "1728301, MIN60",
        "13392300, MIN60",
        "13392301, MIN240",
        "25920300, MIN240",
        "25920301, MIN1440",
        "200000000, MIN1440"
    })
    void takesTheFinestThatReachesBackWhenManyPointsAreWanted(long seconds, PlotResolution expected) {
        assertThat(PlotResolution.nearest(10_000_000, last(Duration.ofSeconds(seconds)), NOW))
                .isEqualTo(expected);
    }

    @Test
    void namesWhatIsAccepted() {
        assertThatThrownBy(() -> PlotResolution.named("MIN10"))
                .isInstanceOf(Fault.class)
                .hasMessage("resolution: has to be one of FULL, MIN5, MIN20, MIN60, MIN240, MIN1440");
    }

    private static TimeRange last(Duration length) {
        return new TimeRange(NOW.minus(length), NOW);
    }
}
