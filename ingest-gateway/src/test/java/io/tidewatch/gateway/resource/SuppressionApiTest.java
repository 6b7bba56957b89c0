package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.schema.Suppression;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SuppressionApiTest {
    private static final String SUPPRESSIONS = "/suppressions";
    private static final long NOW_MS = RunningApi.NOW.toEpochMilli();
    private static final long HOUR_MS = 3_600_000;

    private final RunningApi api = new RunningApi(Map.of(GatewayConfig.MAX_SUPPRESSIONS_PER_TENANT, "5"));
    private String entity = "";
    private String check = "";
    private String alarm = "";

    @BeforeEach
    void createAlarm() {
        entity = api.createEntity();
        check = api.createCheck(entity);
        alarm = api.createAlarm(entity, check);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreated() {
        String id =
                api.create(SUPPRESSIONS, """
                {"label": "move", "start_time": "%d", "end_time": "%d", "notification_plans": ["npManaged"],
                 "entities": ["%s"], "checks": ["%s:%s"], "alarms": ["%s:%s"]}""".formatted(NOW_MS + 1, NOW_MS + 2, entity, entity, check, entity, alarm));

        assertThat(id).startsWith("sp");
        assertThat(api.get(SUPPRESSIONS + "/" + id).json().toString())
                .isEqualTo("""
                {"id":"%s","label":"move","start_time":1772366400001,"end_time":1772366400002,\
                "notification_plans":["npManaged"],"entities":["%s"],"checks":["%s:%s"],"alarms":["%s:%s"],\
                "created_at":1772366400000,"updated_at":1772366400000}""".formatted(id, entity, entity, check, entity, alarm));
        LogEntry entry = api.log.entries(Topic.SUPPRESSIONS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "'start_time': null, ", "'start_time': 0, ", "'start_time': '0', "})
    void beginsNowWhereNothingElseIsSaid(String start) {
        String id = api.create(SUPPRESSIONS, body(start, NOW_MS + 1));

        assertThat(api.get(SUPPRESSIONS + "/" + id).json().path("start_time").asLong())
                .isEqualTo(NOW_MS);
    }

    @Test
    void mayBeginAMinuteAgoButNotEarlier() {
        api.create(SUPPRESSIONS, body("'start_time': " + (NOW_MS - 60_000) + ", ", NOW_MS + 1));

        api.post(SUPPRESSIONS, body("'start_time': " + (NOW_MS - 60_001) + ", ", NOW_MS + 1))
                .assertBadField("badRequest", "start_time");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "badRequest            | end_time              | {'entities': ['EN']}",
                "badRequest            | end_time              | {'end_time': NOW, 'entities': ['EN']}",
                "badRequest            | end_time              | {'end_time': 'soon', 'entities': ['EN']}",
                "badRequest            | entities              | {'end_time': 9999999999999}",
                "badRequest            | entities              | {'end_time': 9999999999999, 'entities': [], 'checks': null}",
                "badRequest            | entities[1]           | {'end_time': 9999999999999, 'entities': ['EN', 'EN']}",
                "badRequest            | checks[0]             | {'end_time': 9999999999999, 'checks': ['CH']}",
                "badRequest            | alarms[0]             | {'end_time': 9999999999999, 'alarms': ['EN:']}",
                "badRequest            | metadata              | {'end_time': 9999999999999, 'entities': ['EN'], 'metadata': {}}",
                "requiredNotFoundError | entities[0]           | {'end_time': 9999999999999, 'entities': ['enNone']}",
                "requiredNotFoundError | checks[0]             | {'end_time': 9999999999999, 'checks': ['EN:chNone']}",
                "requiredNotFoundError | alarms[0]             | {'end_time': 9999999999999, 'alarms': ['enNone:AL']}",
                "requiredNotFoundError | notification_plans[1] | {'end_time': 9999999999999, 'notification_plans': ['npManaged', 'npNone']}"
            })
    void namesTheFieldThatIsBad(String type, String field, String body) {
        api.post(
                        SUPPRESSIONS,
                        body.replace('\'', '"')
                                .replace("NOW", Long.toString(NOW_MS))
                                .replace("EN", entity)
                                .replace("CH", check)
                                .replace("AL", alarm))
                .assertBadField(type, field);
    }

    @Test
    void boundsHowManyItNamesAndHowManyThereAre() {
        String names = IntStream.rangeClosed(0, 512)
                .mapToObj(i -> "\"en" + i + "\"")
                .collect(Collectors.joining(", ", "[", "]"));

        api.post(SUPPRESSIONS, "{\"end_time\": 9999999999999, \"entities\": " + names + "}")
                .assertBadField("badRequest", "entities");
        for (int i = 0; i < 5; i++) {
            api.create(SUPPRESSIONS, body("", NOW_MS + 1));
        }
        api.post(SUPPRESSIONS, body("", NOW_MS + 1)).assertFault(400, "limitReached");
    }

    @Test
    void oneThatHasBegunOnlyChangesItsEndAndItsLabel() {
        String id = api.create(SUPPRESSIONS, body("", NOW_MS + HOUR_MS));
        String path = SUPPRESSIONS + "/" + id;
        JsonNode shown = api.get(path).json();

        api.put(path, "{\"start_time\": " + (NOW_MS + 1) + "}").assertBadField("badRequest", "start_time");
        api.put(path, "{\"notification_plans\": [\"npManaged\"]}").assertBadField("badRequest", "notification_plans");
        api.put(path, "{\"entities\": []}").assertBadField("badRequest", "entities");
        assertThat(api.put(path, shown.toString()).status()).isEqualTo(204);
        assertThat(api.put(path, "{\"end_time\": " + (NOW_MS + 1) + ", \"label\": \"short\"}")
                        .status())
                .isEqualTo(204);

        assertThat(api.get(path).json().path("end_time").asLong()).isEqualTo(NOW_MS + 1);
        assertThat(api.get(path).json().path("label").asText()).isEqualTo("short");
    }

    @Test
    void oneToComeChangesAsItsOwnerLikes() {
        String id = api.create(SUPPRESSIONS, body("'start_time': " + (NOW_MS + 1) + ", ", NOW_MS + HOUR_MS));
        String path = SUPPRESSIONS + "/" + id;

        assertThat(api.put(
                                path,
                                "{\"start_time\": " + (NOW_MS + 5) + ", \"notification_plans\": [\"npManaged\"],"
                                        + " \"entities\": null}")
                        .status())
                .isEqualTo(204);
        api.put(path, "{\"start_time\": 1}").assertBadField("badRequest", "start_time");
        api.put(path, "{\"checks\": [\"" + entity + ":chNone\"]}").assertBadField("requiredNotFoundError", "checks[0]");
    }

    @Test
    void endsLaterThoughWhatItNamesIsGone() {
        String id = api.create(SUPPRESSIONS, body("", NOW_MS + HOUR_MS));

        api.delete("/entities/" + entity);

        assertThat(api.put(SUPPRESSIONS + "/" + id, "{\"end_time\": " + (NOW_MS + 2 * HOUR_MS) + "}")
                        .status())
                .isEqualTo(204);
    }

    @Test
    void oneFromLongAgoStillEndsLater() {
        store("spOld", NOW_MS - 24 * HOUR_MS, NOW_MS + 1);

        assertThat(api.put(SUPPRESSIONS + "/spOld", "{\"end_time\": " + (NOW_MS + HOUR_MS) + "}")
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'entities': ['EN']}                               | true  | true  | true",
                "{'checks': ['EN:CH']}                              | false | true  | true",
                "{'alarms': ['EN:AL']}                              | false | false | true",
                "{'notification_plans': ['npTechnicalContactsEmail']} | false | false | true",
                "{'notification_plans': ['npManaged']}              | false | false | false",
            })
    void isShownByWhatItSuppresses(String names, boolean ofEntity, boolean ofCheck, boolean ofAlarm) {
        String given = names.replace('\'', '"')
                .replace("EN", entity)
                .replace("CH", check)
                .replace("AL", alarm);
        String active = api.create(SUPPRESSIONS, given.replace("{", "{\"end_time\": " + (NOW_MS + 1) + ", "));
        String scheduled = api.create(
                SUPPRESSIONS,
                given.replace("{", "{\"start_time\": " + (NOW_MS + 1) + ", \"end_time\": " + (NOW_MS + 2) + ", "));

        assertShown(api.get("/entities/" + entity).json(), ofEntity, active, scheduled);
        assertShown(api.get("/entities").json().at("/values/0"), ofEntity, active, scheduled);
        assertShown(api.get("/entities/" + entity + "/checks/" + check).json(), ofCheck, active, scheduled);
        assertShown(api.get("/entities/" + entity + "/alarms/" + alarm).json(), ofAlarm, active, scheduled);
        JsonNode overview = api.get("/views/overview").json().at("/values/0");
        assertShown(overview.path("entity"), ofEntity, active, scheduled);
        assertShown(overview.at("/checks/0"), ofCheck, active, scheduled);
        assertShown(overview.at("/alarms/0"), ofAlarm, active, scheduled);
    }

    @Test
    void isShownFromItsStartUntilItsEnd() {
        store("spEnded", NOW_MS - HOUR_MS, NOW_MS);
        store("spActive", NOW_MS, NOW_MS + 1);
        store("spScheduled", NOW_MS + 1, NOW_MS + 2);

        assertShown(api.get("/entities/" + entity).json(), true, "spActive", "spScheduled");
    }

    /** What a client reads, it may send back. */
    @Test
    void keepsNobodyFromChangingWhatItSuppresses() {
        api.create(SUPPRESSIONS, body("", NOW_MS + 1));
        String path = "/entities/" + entity + "/alarms/" + alarm;

        ApiClient.Answer changed = api.put(path, api.get(path).text());

        assertThat(changed.status()).as(changed.text()).isEqualTo(204);
    }

    private void store(String id, long startMs, long endMs) {
        api.log.append(List.of(Samples.put(Suppression.newBuilder()
                .setTenantId("acme")
                .setSuppressionId(id)
                .setStartTime(Instant.ofEpochMilli(startMs))
                .setEndTime(Instant.ofEpochMilli(endMs))
                .setEntities(List.of(entity))
                .setCreatedAt(Samples.NOW)
                .setUpdatedAt(Samples.NOW)
                .build())));
    }

    private String body(String start, long endMs) {
        return ("{" + start + "'end_time': " + endMs + ", 'entities': ['" + entity + "']}").replace('\'', '"');
    }

    private static void assertShown(JsonNode resource, boolean isSuppressed, String active, String scheduled) {
        assertThat(resource.path("active_suppressions").toString())
                .isEqualTo(isSuppressed ? "[\"" + active + "\"]" : "[]");
        assertThat(resource.path("scheduled_suppressions").toString())
                .isEqualTo(isSuppressed ? "[\"" + scheduled + "\"]" : "[]");
    }
}
