package io.tidewatch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.QueryParameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlotRequestTest {
    private static final Instant NOW = Samples.NOW;

    @Test
    void isAboutTheLastSevenDaysUnlessItSaysOtherwise() {
        PlotRequest request = request(Map.of("resolution", List.of("MIN60")));

        assertThat(request.range()).isEqualTo(new TimeRange(NOW.minus(Duration.ofDays(7)), NOW));
        assertThat(request.page().limit()).isEqualTo(1440);
        assertThat(request.selected()).containsExactly(Statistic.NUM_POINTS, Statistic.AVERAGE);
    }

    @Test
    void selectsByCommasAndByRepetition() {
        PlotRequest request = request(Map.of("resolution", List.of("FULL"), "select", List.of("max,p99", "rate")));

        assertThat(request.selected())
                .containsExactly(Statistic.NUM_POINTS, Statistic.MAX, Statistic.RATE, Statistic.P99);
    }

    @ParameterizedTest
    @CsvSource({
        "select, median, 'select: has ''median'', but takes numPoints, average, min, max, variance, sum, first, last, rate, p50, p95, p99'",
        "from, yesterday, from: has to be a time in milliseconds since 1970",
        "from, -1, from: has to be a time in milliseconds since 1970",
        "from, 253402300800000, from: has to be a time in milliseconds since 1970",
        "to, 0, 'from: has to be a time in milliseconds since 1970'",
        "from, 1772366400000, 'from: has to be before to, which is 1772366400000'",
        "points, 5, 'resolution: a plot takes either points, how many there should be about, or resolution, and not both'",
        "limit, 1441, limit: has to be an integer from 1 to 1440",
        "marker, x, marker: has to be a time in milliseconds since 1970"
    })
    void refusesABadParameterByName(String name, String value, String message) {
        Map<String, List<String>> query = name.equals("to")
                ? Map.of("resolution", List.of("MIN5"), "to", List.of(value), "from", List.of("-5"))
                : Map.of("resolution", List.of("MIN5"), name, List.of(value));

        assertThatThrownBy(() -> request(query)).isInstanceOf(Fault.class).hasMessage(message);
    }

    @Test
    void wantsEitherPointsOrResolution() {
        assertThatThrownBy(() -> request(Map.of())).isInstanceOf(Fault.class).hasMessageContaining("either points");
        assertThatThrownBy(() -> request(Map.of("points", List.of("-1"))))
                .isInstanceOf(Fault.class)
                .hasMessage("points: has to be an integer from 0 on");
    }

    @Test
    void refusesARangeOfVeryManyPartitions() {
        Map<String, List<String>> query = Map.of("from", List.of("0"), "resolution", List.of("MIN5"));

        assertThatThrownBy(() -> request(query))
                .isInstanceOf(Fault.class)
                .hasMessageStartingWith("from: has to be at most 400 days");
    }

    private static PlotRequest request(Map<String, List<String>> query) {
        return PlotRequest.of(new QueryParameters(query), NOW);
    }
}
