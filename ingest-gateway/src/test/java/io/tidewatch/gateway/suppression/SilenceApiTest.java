package io.tidewatch.gateway.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilenceApiTest {
    private static final String SILENCES = "/silences";
    private static final long NOW_MS = RunningApi.NOW.toEpochMilli();
    private static final long HOUR_MS = 3_600_000;

    private final RunningApi api = new RunningApi(
            Map.of(GatewayConfig.MAX_SILENCES_PER_TENANT, "2", GatewayConfig.MAX_SILENCE_SECONDS, "3600"));

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreated() {
        String id = api.create(SILENCES, """
                {"label": "move", "author": "ann", "reason": "rack 7 moves", "end_time": %d, "matchers": [
                  {"field": "entity_metadata.rack", "op": "=", "value": "7"},
                  {"field": "check_type", "op": "!=", "value": ""},
                  {"field": "entity_label", "op": "=~", "value": "web-[0-9]+"},
                  {"field": "state", "op": "!~", "value": "UNK.*"}]}""".formatted(NOW_MS + HOUR_MS));

        assertThat(id).startsWith("si");
        assertThat(api.get(SILENCES + "/" + id).json().toString()).isEqualTo("""
                {"id":"%s","label":"move","author":"ann","reason":"rack 7 moves","start_time":1772366400000,\
                "end_time":1772370000000,"matchers":[{"field":"entity_metadata.rack","op":"=","value":"7"},\
                {"field":"check_type","op":"!=","value":""},{"field":"entity_label","op":"=~","value":"web-[0-9]+"},\
                {"field":"state","op":"!~","value":"UNK.*"}],\
                "created_at":1772366400000,"updated_at":1772366400000}""".formatted(id));
        LogEntry entry = api.log.entries(Topic.SILENCES).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "author            | {'reason': 'r', 'end_time': END, 'matchers': [WEB]}",
                "reason            | {'author': 'a', 'end_time': END, 'matchers': [WEB]}",
                "reason            | {'author': 'a', 'reason': '', 'end_time': END, 'matchers': [WEB]}",
                "end_time          | {'author': 'a', 'reason': 'r', 'matchers': [WEB]}",
                "end_time          | {'author': 'a', 'reason': 'r', 'end_time': LATE, 'matchers': [WEB]}",
                "matchers          | {'author': 'a', 'reason': 'r', 'end_time': END}",
                "matchers          | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': []}",
                "matchers          | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [{'field': 'entity_id', 'op': '=~', 'value': '.*'}]}",
                "matchers          | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [{'field': 'entity_id', 'op': '!=', 'value': 'x'}]}",
                "matchers          | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [{'field': 'state', 'op': '=', 'value': 'CRITICAL'}]}",
                "matchers[1].field | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [WEB, {'field': 'label', 'op': '=', 'value': 'x'}]}",
                "matchers[0].op    | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [{'field': 'entity_id', 'op': '==', 'value': 'x'}]}",
                "matchers[0].value | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [{'field': 'entity_id', 'op': '=~', 'value': '('}]}",
                "metadata          | {'author': 'a', 'reason': 'r', 'end_time': END, 'matchers': [WEB], 'metadata': {}}"
            })
    void namesTheFieldThatIsBad(String field, String body) {
        api.post(
                        SILENCES,
                        body.replace("WEB", "{'field': 'entity_label', 'op': '=', 'value': 'web'}")
                                .replace('\'', '"')
                                .replace("END", Long.toString(NOW_MS + HOUR_MS))
                                .replace("LATE", Long.toString(NOW_MS + HOUR_MS + 1)))
                .assertBadField("badRequest", field);
    }

    @Test
    void isChangedAndDeletedAndHasItsLimit() {
        String id = api.create(SILENCES, body("web"));
        api.create(SILENCES, body("db"));
        api.post(SILENCES, body("one too many")).assertFault(400, "limitReached");
        String path = SILENCES + "/" + id;
        JsonNode shown = api.get(path).json();

        assertThat(api.put(path, shown.toString()).status()).isEqualTo(204);
        assertThat(api.put(path, "{\"end_time\": " + (NOW_MS + 1) + "}").status())
                .isEqualTo(204);
        assertThat(api.get(path).json().path("end_time").asLong()).isEqualTo(NOW_MS + 1);
        assertThat(api.delete(path).status()).isEqualTo(204);
        api.get(path).assertFault(404, "notFoundError");
    }

    @Test
    void previewsTheAlarmsThatItHitsInWhateverState() {
        String web = api.createEntity();
        String check = api.createCheck(web);
        String alarm = api.createAlarm(web, check);
        String db = api.create("/entities", "{\"label\": \"db\"}");

        JsonNode preview = preview("""
                {"matchers": [{"field": "entity_id", "op": "=", "value": "%s"},
                 {"field": "state", "op": "=", "value": "CRITICAL"}]}""".formatted(web));

        assertThat(preview.path("alarms").toString()).isEqualTo("""
                {"total":1,"values":[{"entity_id":"%s","check_id":"%s","alarm_id":"%s","label":null}]}""".formatted(web, check, alarm));
        assertThat(preview("{\"matchers\": [{\"field\": \"entity_id\", \"op\": \"=\", \"value\": \"" + db + "\"}]}")
                        .at("/alarms/total")
                        .asInt())
                .isZero();
        api.post(SILENCES + "/preview", "{\"matchers\": []}").assertBadField("badRequest", "matchers");
        api.get(SILENCES + "/siNone/preview").assertFault(404, "notFoundError");
    }

    @Test
    void previewsTheProblemsOfTheLastDay() {
        String web = api.createEntity();
        String alarm = api.createAlarm(web, api.createCheck(web));
        api.timeSeries.transitions.addAll(List.of(
                transition("old", web, alarm, Duration.ofHours(25), State.CRITICAL),
                transition("warning", web, alarm, Duration.ofHours(3), State.WARNING),
                transition("critical", web, alarm, Duration.ofHours(2), State.CRITICAL),
                transition("over", web, alarm, Duration.ofHours(1), State.OK),
                transition("other", "enOther", "alOther", Duration.ofHours(1), State.CRITICAL)));
        String id = api.create(SILENCES, body("web"));

        JsonNode transitions = api.get(SILENCES + "/" + id + "/preview").json().path("transitions");

        assertThat(transitions.path("total").asInt()).isEqualTo(2);
        assertThat(transitions.path("from").asLong()).isEqualTo(NOW_MS - 24 * HOUR_MS);
        assertThat(transitions.path("values").findValuesAsText("id")).containsExactly("critical", "warning");
        assertThat(preview("""
                {"matchers": [{"field": "entity_label", "op": "=", "value": "web"},
                 {"field": "state", "op": "=", "value": "WARNING"}]}""").at("/transitions/values").findValuesAsText("id"))
                .containsExactly("warning");
        assertThat(preview("{\"matchers\": [{\"field\": \"alarm_id\", \"op\": \"=\", \"value\": \"alOther\"}]}")
                        .at("/transitions/values")
                        .findValuesAsText("id"))
                .as("of an alarm that has been deleted")
                .containsExactly("other");
    }

    @Test
    void previewsTheAlarmsWhileCassandraIsAway() {
        api.timeSeries.beAway();

        JsonNode preview = preview("{\"matchers\": [{\"field\": \"entity_id\", \"op\": \"=\", \"value\": \"en1\"}]}");

        assertThat(preview.toString()).isEqualTo("""
                {"alarms":{"total":0,"values":[]},"transitions":null,\
                "transitions_missing_because":"Time series can't be read now: Cassandra is not connected yet"}""");
    }

    private JsonNode preview(String body) {
        return api.post(SILENCES + "/preview", body).json();
    }

    private static StoredTransition transition(String id, String entity, String alarm, Duration age, State state) {
        Instant at = RunningApi.NOW.minus(age);
        return new StoredTransition(id, at, entity, "ch1", alarm, state, State.OK, "is " + state, Optional.empty());
    }

    private static String body(String label) {
        return """
                {"author": "ann", "reason": "test", "end_time": %d,
                 "matchers": [{"field": "entity_label", "op": "=", "value": "%s"}]}""".formatted(NOW_MS + HOUR_MS, label);
    }
}
