package io.tidewatch.gateway.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How large a result and its parts may be at the door. */
class ResultBoundsApiTest {
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

    /** Fault: making a number of its digits took time that grew with their square, for 900 000 of them a minute. */
    @ParameterizedTest
    @CsvSource({"i, 900000", "n, 900000", "i, 60000", "n, 60000"})
    void answersAtOnceHoweverLongANumberIs(String type, int digits) {
        String body = withMetric("{\"type\": \"" + type + "\", \"value\": \"" + "9".repeat(digits) + "\"}");
        long begin = System.nanoTime();

        api.post("/results", body).assertFault(400, "badRequest");

        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    }

    @ParameterizedTest
    @ValueSource(ints = {350, 351, 100_000})
    void answersAtOnceHoweverLongABareNumberIs(int digits) {
        api.post("/results", withMetric("9".repeat(digits))).assertFault(400, "badRequest");
        api.post("/results", withMetric("1." + "9".repeat(digits) + "e999999999"))
                .assertFault(400, "badRequest");
    }

    @Test
    void takesAnIntegerOfSixtyFourCharacters() {
        assertThat(api.post("/results", withMetric(typed("i", "0".repeat(63) + "7")))
                        .status())
                .isEqualTo(202);
        ApiClient.Answer tooLong = api.post("/results", withMetric(typed("i", "0".repeat(64) + "7")));

        tooLong.assertBadField("badRequest", "metrics.a.value");
        assertThat(tooLong.json().path("message").asText()).endsWith("a 64-bit integer of at most 64 characters");
        assertThat(published().getMetrics().get("a").getValue()).isEqualTo(7L);
    }

    @Test
    void takesADecimalOfThreeHundredAndFiftyCharacters() {
        assertThat(api.post("/results", withMetric(typed("n", "0".repeat(349) + "7")))
                        .status())
                .isEqualTo(202);
        api.post("/results", withMetric(typed("n", "0".repeat(350) + "7")))
                .assertBadField("badRequest", "metrics.a.value");
    }

    /** Fault: a result of nearly a megabyte was taken, and what was made of it further down was too large for Kafka. */
    @Test
    void boundsAWholeResult() {
        ObjectNode fits = withMetrics(500, 450);
        ObjectNode tooLarge = withMetrics(500, 600);

        assertThat(api.post("/results", fits.toString()).status()).isEqualTo(202);
        ApiClient.Answer answer = api.post("/results", tooLarge.toString());
        ApiClient.Answer inAList = api.post("/results", "[" + result() + "," + tooLarge + "]");

        answer.assertBadField("badRequest", "result");
        assertThat(answer.json().path("message").asText())
                .matches("result: its size is \\d+ bytes as Avro, but may be at most 262144: .*");
        inAList.assertBadField("badRequest", "results[1]");
        assertThat(api.log.entries(Topic.CHECK_RESULTS)).hasSize(1);
    }

    @Test
    void measuresIdsAndNamesInUnits() {
        String pairs = "\\ud83d\\ude00".repeat(65);

        api.post(
                        "/results",
                        "{\"metrics\": {\"" + pairs + "\": 1}, "
                                + result().toString().substring(1))
                .assertBadField("badRequest", "result");
    }

    private CheckResult published() {
        return (CheckResult) api.log.entries(Topic.CHECK_RESULTS).get(0).value().orElseThrow();
    }

    private ObjectNode withMetrics(int metrics, int chars) {
        ObjectNode result = result();
        ObjectNode all = result.putObject("metrics");
        for (int index = 0; index < metrics; index++) {
            all.put("metric" + index, "x".repeat(chars));
        }
        return result;
    }

    private String withMetric(String value) {
        return "{\"metrics\": {\"a\": " + value + "}, " + result().toString().substring(1);
    }

    private static String typed(String type, String value) {
        return "{\"type\": \"" + type + "\", \"value\": \"" + value + "\"}";
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
