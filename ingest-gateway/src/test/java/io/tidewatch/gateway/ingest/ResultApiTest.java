package io.tidewatch.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResultApiTest {
    private static final String ID = "7B0D8A3A-1111-4222-8333-444455556666";

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
    void publishesAResultAsItIs() {
        ObjectNode body = result();
        body.put("result_id", ID)
                .put("zone_id", "mza")
                .put("collector_id", "probe-1")
                .put("check_type", "remote.ping");
        body.putObject("metrics")
                .put("code", "200")
                .putObject("average")
                .put("value", 1.5)
                .put("unit", "seconds");

        ApiClient.Answer answer = api.post("/results", body.toString());

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEqualTo("{\"accepted\":1}");
        LogEntry entry = api.log.entries(Topic.CHECK_RESULTS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + entity + "/" + check);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme/" + entity + "/" + check));
        CheckResult published = published().get(0);
        assertThat(published.getResultId()).isEqualTo(ID.toLowerCase(Locale.ROOT));
        assertThat(published.getCheckType()).isEqualTo("remote.ping");
        assertThat(published.getZoneId()).isEqualTo("mza");
        assertThat(published.getCollectorId()).isEqualTo("probe-1");
        assertThat(published.getTimestamp()).isEqualTo(RunningApi.NOW);
        assertThat(published.getReceivedAt()).isEqualTo(RunningApi.NOW);
        assertThat(published.getMetrics())
                .containsOnly(
                        Map.entry("code", new Metric("200", null)), Map.entry("average", new Metric(1.5, "seconds")));
    }

    @Test
    void fillsInWhatMayBeLeftOut() {
        api.post("/results", result().toString());

        CheckResult published = published().get(0);
        assertThat(UUID.fromString(published.getResultId())).isNotNull();
        assertThat(published.getCollectorId()).isEqualTo("ingest-gateway");
        assertThat(published.getZoneId()).isNull();
        assertThat(published.getFailure()).isNull();
        assertThat(published.getMetrics()).isEmpty();
    }

    @Test
    void takesAListBareOrNamed() {
        String list = Json.MAPPER.createArrayNode().add(result()).add(result()).toString();

        ApiClient.Answer bare = api.post("/results", list);
        ApiClient.Answer named = api.post("/results", "{\"results\": " + list + "}");

        assertThat(bare.text()).isEqualTo("{\"accepted\":2}");
        assertThat(named.text()).isEqualTo("{\"accepted\":2}");
        assertThat(published()).hasSize(4);
    }

    @Test
    void publishesNothingOfABatchWithOneBadResult() {
        ArrayNode batch = Json.MAPPER.createArrayNode();
        batch.add(result()).add(result()).add(result()).add(result().put("timestamp", "now"));

        api.post("/results", batch.toString()).assertBadField("badRequest", "results[3].timestamp");

        assertThat(published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "badRequest            | entity_id         | {'entity_id': null}",
                "requiredNotFoundError | check_id          | {'check_id': 'chNone'}",
                "badRequest            | check_type        | {'check_type': 'remote.tcp'}",
                "badRequest            | zone_id           | {'zone_id': 'a/b'}",
                "badRequest            | result_id         | {'result_id': '12'}",
                "badRequest            | timestamp         | {'timestamp': null}",
                "badRequest            | timestamp         | {'timestamp': 1.5}",
                "badRequest            | available         | {'available': null}",
                "badRequest            | status            | {'status': null}",
                "badRequest            | failure           | {'failure': 'DNS_ERROR'}",
                "badRequest            | failure           | {'available': false, 'failure': 'NO_IDEA'}",
                "badRequest            | tenant_id         | {'tenant_id': 'other'}",
                "badRequest            | metrics           | {'metrics': [1]}",
                "badRequest            | metrics.a         | {'metrics': {'a': [1]}}",
                "badRequest            | metrics.a         | {'metrics': {'a': null}}",
                "badRequest            | metrics.a         | {'metrics': {'a': 9223372036854775808}}",
                "badRequest            | metrics.a.value   | {'metrics': {'a': {}}}",
                "badRequest            | metrics.a.value   | {'metrics': {'a': {'value': 1, 'data': 1}}}",
                "badRequest            | metrics.a.value   | {'metrics': {'a': {'value': [1]}}}",
                "badRequest            | metrics.a.data    | {'metrics': {'a': {'data': '1.5', 'type': 'i'}}}",
                "badRequest            | metrics.a.data    | {'metrics': {'a': {'data': 'nan', 'type': 'n'}}}",
                "badRequest            | metrics.a.type    | {'metrics': {'a': {'data': '1', 'type': 'x'}}}",
                "badRequest            | metrics.a.units   | {'metrics': {'a': {'data': '1', 'units': 'x'}}}"
            })
    void namesTheFieldThatIsBad(String type, String field, String changes) {
        ObjectNode body = result();
        body.setAll(Samples.json(changes.replace('\'', '"')));

        api.post("/results", body.toString()).assertBadField(type, field);
        api.post("/results", "[" + body + "]").assertBadField(type, "results[0]." + field);
        assertThat(published()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"i, 12, 12", "L, 9223372036854775807, 9223372036854775807", "uint32, 7, 7"})
    void makesIntegersOfTypedText(String type, String data, long value) {
        assertThat(published("{\"type\": \"" + type + "\", \"data\": \"" + data + "\"}"))
                .isEqualTo(new Metric(value, null));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"type\": \"n\", \"data\": \"1\"}",
                "{\"type\": \"double\", \"value\": 1}",
                "{\"value\": 1.0}",
                "1.0"
            })
    void makesDoublesOfDecimals(String metric) {
        assertThat(published(metric)).isEqualTo(new Metric(1.0, null));
    }

    @Test
    void keepsTheKindOfAPlainValue() {
        assertThat(published("true")).isEqualTo(new Metric(true, null));
        assertThat(published("-9223372036854775808")).isEqualTo(new Metric(Long.MIN_VALUE, null));
        assertThat(published("\"\"")).isEqualTo(new Metric("", null));
    }

    @Test
    void refusesADecimalThatIsNotFinite() {
        String body = result().set("metrics", Samples.json("{\"m\": 1.5}")).toString();

        api.post("/results", body.replace("1.5", "1e999")).assertBadField("badRequest", "metrics.m");
    }

    @Test
    void takesTheFailureOfAnUnavailableCheck() {
        api.post(
                "/results",
                result().put("available", false)
                        .put("failure", "CONNECT_REFUSED")
                        .toString());

        assertThat(published().get(0).getFailure()).isEqualTo(FailureKind.CONNECT_REFUSED);
    }

    @Test
    void boundsTheTimestampOnBothSides() {
        Instant newest = RunningApi.NOW.plus(Duration.ofMinutes(10));
        Instant oldest = RunningApi.NOW.minus(Duration.ofDays(2));

        assertThat(postAt(newest).status()).isEqualTo(202);
        assertThat(postAt(oldest).status()).isEqualTo(202);
        postAt(newest.plusMillis(1)).assertBadField("badRequest", "timestamp");
        postAt(oldest.minusMillis(1)).assertBadField("badRequest", "timestamp");
    }

    @Test
    void boundsTheBatch() {
        ArrayNode batch = Json.MAPPER.createArrayNode();
        for (int i = 0; i < 1000; i++) {
            batch.add(result());
        }

        assertThat(api.post("/results", batch.toString()).text()).isEqualTo("{\"accepted\":1000}");
        api.post("/results", batch.add(result()).toString()).assertBadField("badRequest", "results");
        api.post("/results", "[]").assertBadField("badRequest", "results");
    }

    @Test
    void promisesNothingWhenTheLogDoesNotAnswer() {
        api.log.failWith(new LogUnavailableException("Kafka did not acknowledge in time", null));

        ApiClient.Answer answer = api.post("/results", result().toString());

        answer.assertFault(503, "systemFailureError");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
        assertThat(answer.json().path("message").asText()).contains("same result_id");
        assertThat(api.meters
                        .counter("tidewatch.gateway.results", "outcome", "unacknowledged")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void saysWhenARecordIsTooLargeForTheLog() {
        api.log.failWith(new RecordTooLargeException("2 MiB"));

        api.post("/results", result().toString()).assertFault(413, "requestTooLargeError");
    }

    @Test
    void countsAcceptedResultsAndRefusedBatches() {
        api.post("/results", "[" + result() + "," + result() + "]");
        api.post("/results", "{}");

        assertThat(api.meters
                        .counter("tidewatch.gateway.results", "outcome", "accepted")
                        .count())
                .isEqualTo(2);
        assertThat(api.meters
                        .counter("tidewatch.gateway.result.batches.refused")
                        .count())
                .isEqualTo(1);
    }

    private ApiClient.Answer postAt(Instant timestamp) {
        return api.post(
                "/results", result().put("timestamp", timestamp.toEpochMilli()).toString());
    }

    private Metric published(String metric) {
        ObjectNode body = result();
        body.setAll(Samples.json("{\"metrics\": {\"m\": " + metric + "}}"));
        ApiClient.Answer answer = api.post("/results", body.toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        List<CheckResult> published = published();
        return published
                .get(published.size() - 1)
                .getMetrics()
                .values()
                .iterator()
                .next();
    }

    private List<CheckResult> published() {
        return api.log.entries(Topic.CHECK_RESULTS).stream()
                .map(entry -> (CheckResult) entry.value().orElseThrow())
                .toList();
    }

    private ObjectNode result() {
        return Json.MAPPER
                .createObjectNode()
                .put("entity_id", entity)
                .put("check_id", check)
                .put("timestamp", RunningApi.NOW.toEpochMilli())
                .put("available", true)
                .put("status", "ok");
    }
}
