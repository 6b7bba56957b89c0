package io.tidewatch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.gateway.timeseries.StoredRollup;
import io.tidewatch.gateway.timeseries.StoredText;
import io.tidewatch.gateway.timeseries.StoredValue;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MetricApiTest {
    private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

    private final RunningApi api = new RunningApi();
    private String entity = "";
    private String check = "";

    @BeforeEach
    void createCheck() {
        entity = api.createEntity();
        check = api.createCheck(entity);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void listsMetricsByNameWithTheAvailabilityOfEachZone() {
        list(new StoredMetric("mzb", "disk./var", MetricKind.NUMBER, Optional.of("bytes")));
        list(new StoredMetric("mza", "version", MetricKind.TEXT, Optional.empty()));
        list(new StoredMetric("gone", "load", MetricKind.NUMBER, Optional.empty()));

        JsonNode answer = api.get(metrics()).json();

        assertThat(answer.path("values"))
                .hasToString("[{\"name\":\"mza.@available\",\"type\":\"number\",\"unit\":null},"
                        + "{\"name\":\"mza.version\",\"type\":\"text\",\"unit\":null},"
                        + "{\"name\":\"mzb.@available\",\"type\":\"number\",\"unit\":null},"
                        + "{\"name\":\"mzb.disk./var\",\"type\":\"number\",\"unit\":\"bytes\"}]");
    }

    /** Fault: a new metric was listed only when its first window of five minutes was over, while its plot had values before. */
    @Test
    void listsAMetricOnceAResultHasIt() {
        api.timeSeries.newestMetrics.put(
                series("mza"),
                List.of(
                        new StoredMetric("mza", "load", MetricKind.NUMBER, Optional.of("new")),
                        new StoredMetric("mza", "version", MetricKind.TEXT, Optional.empty())));
        list(new StoredMetric("mza", "load", MetricKind.NUMBER, Optional.of("rolled up")));

        JsonNode answer = api.get(metrics()).json();

        assertThat(answer.path("values"))
                .hasToString("[{\"name\":\"mza.@available\",\"type\":\"number\",\"unit\":null},"
                        + "{\"name\":\"mza.load\",\"type\":\"number\",\"unit\":\"rolled up\"},"
                        + "{\"name\":\"mza.version\",\"type\":\"text\",\"unit\":null},"
                        + "{\"name\":\"mzb.@available\",\"type\":\"number\",\"unit\":null}]");
    }

    @Test
    void plotsAMetricOnceAResultHasIt() {
        api.timeSeries.newestMetrics.put(
                series("mza"),
                List.of(
                        new StoredMetric("mza", "load", MetricKind.NUMBER, Optional.of("jobs")),
                        new StoredMetric("mza", "version", MetricKind.TEXT, Optional.empty())));

        ApiClient.Answer load = api.get(plot("mza.load", "resolution=MIN5"));
        ApiClient.Answer version = api.get(plot("mza.version", "resolution=MIN5"));

        assertThat(load.status()).as(load.text()).isEqualTo(200);
        assertThat(load.json().path("values")).isEmpty();
        assertThat(load.json().at("/metadata/unit").asText()).isEqualTo("jobs");
        assertThat(version.status()).as(version.text()).isEqualTo(200);
        assertThat(version.json().at("/metadata/resolution").isNull()).isTrue();
        api.get(plot("mzb.load", "resolution=MIN5")).assertFault(404, "notFoundError");
    }

    @Test
    void leadsThroughAllPagesOfMetrics() {
        list(new StoredMetric("mzb", "a&b c", MetricKind.NUMBER, Optional.empty()));

        assertThat(api.follow(metrics() + "?limit=1", "name"))
                .containsExactly("mza.@available", "mzb.@available", "mzb.a&b c");
    }

    /** Fault: all metrics that the check had ever had were read for each page of them. */
    @Test
    void readsNoMoreMetricsThanAPageNeeds() {
        for (int index = 0; index < 10; index++) {
            list(new StoredMetric("mza", "m" + index, MetricKind.NUMBER, Optional.empty()));
            list(new StoredMetric("mzb", "m" + index, MetricKind.NUMBER, Optional.empty()));
        }

        assertThat(api.follow(metrics() + "?limit=4", "name"))
                .hasSize(22)
                .doesNotHaveDuplicates()
                .isSorted()
                .startsWith("mza.@available", "mza.m0")
                .endsWith("mzb.m9");
        assertThat(api.timeSeries.requests)
                .contains(
                        "metrics from [, ] at most 5", "metrics from [m3, ] at most 5", "metrics from [m0] at most 5");
    }

    @Test
    void plotsEveryStatisticOfAWindow() {
        QuantileSketch sketch = new QuantileSketch();
        IntStream.rangeClosed(1, 10).forEach(sketch::add);
        stored(
                "mza.disk./var",
                new StoredRollup(
                        START,
                        Optional.of("bytes"),
                        10,
                        55,
                        1,
                        10,
                        5.5,
                        8.25,
                        1,
                        START.plusSeconds(10),
                        10,
                        START.plusSeconds(190),
                        Optional.of(sketch.toProtobuf())));

        JsonNode answer = api.get(plot(
                        "mza.disk./var",
                        "resolution=MIN5&select=average,min,max,variance,sum,first,last,rate,p50,p95,p99"))
                .json();

        JsonNode point = answer.at("/values/0");
        assertThat(point.toString())
                .startsWith(
                        "{\"timestamp\":" + START.toEpochMilli()
                                + ",\"numPoints\":10,\"average\":5.5,\"min\":1.0,\"max\":10.0,\"variance\":8.25,\"sum\":55.0,\"first\":1.0,\"last\":10.0,\"rate\":0.05,");
        assertThat(point.path("p50").asDouble()).isBetween(4.95, 5.05);
        assertThat(point.path("p95").asDouble()).isBetween(8.9, 9.1);
        assertThat(answer.at("/metadata/resolution").asText()).isEqualTo("MIN5");
        assertThat(answer.at("/metadata/unit").asText()).isEqualTo("bytes");
        assertThat(answer.at("/metadata/next_href").isNull()).isTrue();
    }

    @Test
    void plotsEachValueForItselfWithARateToTheNext() {
        api.timeSeries.values.put(
                key("mza", "load"), List.of(new StoredValue(START, 1), new StoredValue(START.plusSeconds(30), 4)));

        JsonNode answer = api.get(plot("mza.load", "resolution=FULL&select=average&select=rate"))
                .json();

        assertThat(answer.path("values"))
                .hasToString("[{\"timestamp\":" + START.toEpochMilli()
                        + ",\"numPoints\":1,\"average\":1.0,\"rate\":0.1},{\"timestamp\":"
                        + START.plusSeconds(30).toEpochMilli() + ",\"numPoints\":1,\"average\":4.0,\"rate\":null}]");
    }

    @Test
    void asksForAPlotOnce() {
        stored("mza.load", rollup(START));
        api.timeSeries.requests.clear();

        int status = api.get(plot("mza.load", "points=700&from=" + (RunningApi.NOW.toEpochMilli() - 30L * 86_400_000)))
                .status();

        assertThat(status).isEqualTo(200);
        assertThat(api.timeSeries.requests).containsExactly(Resolution.MIN60 + " " + key("mza", "load"));
    }

    @Test
    void cutsNothingSilently() {
        List<StoredRollup> windows = IntStream.range(0, 1441)
                .mapToObj(index -> rollup(START.minusSeconds(300L * index)))
                .toList();
        stored("mza.load", windows.toArray(StoredRollup[]::new));

        JsonNode first = api.get(plot("mza.load", "resolution=MIN5")).json();
        JsonNode second = api.get(RunningApi.nextPath(first)).json();

        assertThat(first.at("/metadata/count").asInt()).isEqualTo(1440);
        assertThat(first.at("/metadata/next_marker").asText()).isEqualTo(Long.toString(START.toEpochMilli()));
        assertThat(second.at("/values/0/timestamp").asLong()).isEqualTo(START.toEpochMilli());
        assertThat(second.at("/metadata/count").asInt()).isEqualTo(1);
        assertThat(second.at("/metadata/next_href").isNull()).isTrue();
    }

    @Test
    void plotsATextByItsChanges() {
        list(new StoredMetric("mza", "version", MetricKind.TEXT, Optional.empty()));
        api.timeSeries.texts.put(key("mza", "version"), List.of(new StoredText(START, "1.2")));

        JsonNode answer = api.get(plot("mza.version", "points=100")).json();

        assertThat(answer.path("values"))
                .hasToString("[{\"timestamp\":" + START.toEpochMilli() + ",\"text\":\"1.2\"}]");
        assertThat(answer.at("/metadata/resolution").isNull()).isTrue();
    }

    @Test
    void answersNotFoundForWhatIsNot() {
        ApiClient.Answer zone = api.get(plot("mzc.load", "resolution=MIN5"));
        ApiClient.Answer metric = api.get(plot("mza.load", "resolution=MIN5"));

        zone.assertFault(404, "notFoundError");
        assertThat(zone.text()).contains("zones mza, mzb");
        metric.assertFault(404, "notFoundError");
        assertThat(metric.text()).contains("has reported no such metric");
        api.get("/entities/" + entity + "/checks/chX/metrics").assertFault(404, "parentNotFoundError");
        api.get("/entities/" + entity + "/checks/chX/metrics/mza.load/plot?resolution=MIN5")
                .assertFault(404, "parentNotFoundError");
    }

    @Test
    void hasAnEmptyPlotOfTheAvailabilityOfACheckThatHasNotRun() {
        assertThat(api.get(plot("mza.@available", "resolution=MIN5")).json().path("values"))
                .isEmpty();
    }

    @Test
    void refusesAPlotByTheNameOfTheBadParameter() {
        api.get(plot("mza.load", "")).assertBadField("badRequest", "resolution");
        api.get(plot("mza.load", "resolution=MIN7")).assertBadField("badRequest", "resolution");
        api.get(plot("mza.load", "points=1&select=mode")).assertBadField("badRequest", "select");
        api.get(plot("mza.load", "points=1&limit=1441")).assertBadField("invalidLimit", "limit");
    }

    @Test
    void saysThatTimeSeriesCantBeReadNow() {
        api.timeSeries.beAway();

        ApiClient.Answer answer = api.get(plot("mza.load", "resolution=MIN5"));

        answer.assertFault(503, "systemFailureError");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().path("message").asText())
                .isEqualTo("Time series can't be read now: Cassandra is not connected yet");
        assertThat(api.meters
                        .counter("tidewatch.gateway.timeseries.unavailable")
                        .count())
                .isEqualTo(1);
        assertThat(api.get("/entities/" + entity).status()).isEqualTo(200);
    }

    private void list(StoredMetric metric) {
        api.timeSeries
                .metrics
                .computeIfAbsent(path(), unused -> new ArrayList<>())
                .add(metric);
    }

    private void stored(String name, StoredRollup... windows) {
        api.timeSeries.rollups.put(key("mza", name.substring(4)), List.of(windows));
    }

    private static StoredRollup rollup(Instant windowStart) {
        return new StoredRollup(
                windowStart, Optional.empty(), 1, 2, 2, 2, 2, 0, 2, windowStart, 2, windowStart, Optional.empty());
    }

    private CheckPath path() {
        return new CheckPath("acme", entity, check);
    }

    private String key(String zone, String metric) {
        return path() + "/" + zone + "/" + metric;
    }

    private String metrics() {
        return "/entities/" + entity + "/checks/" + check + "/metrics";
    }

    private String plot(String name, String query) {
        return metrics() + "/" + URLEncoder.encode(name, StandardCharsets.UTF_8) + "/plot?" + query;
    }

    private Series series(String zoneId) {
        return new Series(new CheckPath("acme", entity, check), zoneId);
    }
}
