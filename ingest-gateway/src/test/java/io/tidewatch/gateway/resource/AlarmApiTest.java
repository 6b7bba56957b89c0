package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.topics.Topic;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AlarmApiTest {
    private final RunningApi api = new RunningApi(Map.of(GatewayConfig.MAX_ALARMS_PER_TENANT, "2"));
    private String entity = "";
    private String check = "";
    private String alarms = "";

    @BeforeEach
    void createCheck() {
        entity = api.createEntity();
        check = api.createCheck(entity);
        alarms = "/entities/" + entity + "/alarms";
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreated() {
        String id = api.create(alarms, """
                {"check_id": "%s", "notification_plan_id": "npTechnicalContactsEmail", "label": "down", "disabled": true,
                 "unknown_when_silent": false, "criteria": "return new AlarmStatus(OK);", "metadata": {"a": "b"}}""".formatted(check));

        JsonNode alarm = api.get(alarms + "/" + id).json();

        assertThat(id).startsWith("al");
        assertThat(alarm.toString()).isEqualTo("""
                {"id":"%s","label":"down","entity_id":"%s","check_id":"%s","criteria":"return new AlarmStatus(OK);",\
                "disabled":true,"unknown_when_silent":false,"notification_plan_id":"npTechnicalContactsEmail",\
                "confd_name":null,"confd_hash":null,"active_suppressions":[],"scheduled_suppressions":[],"depends_on":[],"metadata":{"a":"b"},\
                "created_at":1772366400000,"updated_at":1772366400000}""".formatted(id, entity, check));
    }

    @Test
    void warnsOfAMetricThatTheChecksTypeNeverHas() {
        ApiClient.Answer created = api.post(alarms, alarm("if (metric['cod'] == '404') { return OK }"));

        String warning =
                "criteria: a check of type remote.ping never has the metric cod; it has available, average, count,"
                        + " maximum, minimum";
        String path = alarms + "/" + created.header("X-Object-Id");
        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("X-Warning")).isEqualTo(warning);
        assertThat(api.get(path).json().path("warnings").toString()).isEqualTo("[\"" + warning + "\"]");
        assertThat(api.get(alarms).json().path("values").path(0).path("warnings"))
                .hasSize(1);
        assertThat(api.get("/views/overview")
                        .json()
                        .path("values")
                        .path(0)
                        .path("alarms")
                        .path(0)
                        .path("warnings"))
                .hasSize(1);
    }

    @Test
    void warnsOfAChangeUntilTheCriteriaIsMended() {
        String id = api.create(alarms, alarm("if (metric['average'] > 9) { return WARNING }"));

        ApiClient.Answer broken = api.put(
                alarms + "/" + id,
                "{\"criteria\": \":set dimensionFilter='mzdfw' if (metric['average'] > 9) { return OK }\"}");
        JsonNode shown = api.get(alarms + "/" + id).json();
        ApiClient.Answer repeated = api.put(alarms + "/" + id, shown.toString());
        ApiClient.Answer mended =
                api.put(alarms + "/" + id, "{\"criteria\": \"if (metric['average'] > 9) { return OK }\"}");

        assertThat(broken.status()).isEqualTo(204);
        assertThat(broken.header("X-Warning")).contains("never has the metric mzdfw.average");
        assertThat(repeated.status()).isEqualTo(204);
        assertThat(mended.header("X-Warning")).isEmpty();
        assertThat(api.get(alarms + "/" + id).json().has("warnings")).isFalse();
    }

    @Test
    void warnsOfNothingWhereMetricsAreNotKnown() {
        String plugin = api.create("/entities/" + entity + "/checks", "{\"type\": \"agent.plugin\"}");

        ApiClient.Answer created = api.post(
                alarms, alarm("if (metric['cod'] == '404') { return OK }").replace(check, plugin));

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.header("X-Warning")).isEmpty();
    }

    private String alarm(String criteria) {
        return """
                {"check_id": "%s", "notification_plan_id": "npTechnicalContactsEmail", "criteria": "%s"}""".formatted(check, criteria);
    }

    @Test
    void noticesSilenceUnlessItsOwnerSaysOtherwise() {
        String id = api.createAlarm(entity, check);

        assertThat(api.get(alarms + "/" + id).json().path("unknown_when_silent").asBoolean())
                .isTrue();
    }

    @Test
    void storesItBesideItsCheck() {
        String id = api.createAlarm(entity, check);

        LogEntry entry = api.log.entries(Topic.ALARMS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + entity + "/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme/" + entity + "/" + check));
    }

    @Test
    void tellsWhereACriteriaIsBad() {
        String criteria = "if (metric[\"code\"] == \"200\") {\n  return new AlarmStatos(OK);\n}";

        ApiClient.Answer answer = api.post(
                alarms,
                Json.MAPPER
                        .createObjectNode()
                        .put("check_id", check)
                        .put("notification_plan_id", "npTechnicalContactsEmail")
                        .put("criteria", criteria)
                        .toString());

        answer.assertFault(400, "alarmParseError");
        JsonNode details = answer.json().path("details");
        assertThat(details.path("input").asText()).isEqualTo(criteria);
        assertThat(details.path("error_line").asInt()).isEqualTo(2);
        assertThat(details.path("error_column").asInt()).isPositive();
        assertThat(details.path("error_position").asInt()).isGreaterThan(criteria.indexOf('\n'));
        assertThat(details.path("error_token").asText()).isNotEmpty();
        assertThat(details.path("message").asText()).isNotEmpty();
        assertThat(api.log.entries(Topic.ALARMS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "badRequest            | check_id             | {'notification_plan_id': 'npManaged'}",
                "requiredNotFoundError | check_id             | {'check_id': 'chNone', 'notification_plan_id': 'npManaged'}",
                "badRequest            | notification_plan_id | {'check_id': 'CHECK'}",
                "badRequest            | criteria             | {'check_id': 'CHECK', 'notification_plan_id': 'npManaged', 'criteria': ''}",
                "badRequest            | state                | {'check_id': 'CHECK', 'notification_plan_id': 'npManaged', 'state': 'OK'}"
            })
    void namesTheFieldThatIsBad(String type, String field, String body) {
        api.post(alarms, body.replace('\'', '"').replace("CHECK", check)).assertBadField(type, field);
    }

    @Test
    void refusesToMoveToAnotherCheck() {
        String id = api.createAlarm(entity, check);
        String other = api.createCheck(entity);

        api.put(alarms + "/" + id, "{\"check_id\": \"" + other + "\"}").assertBadField("badRequest", "check_id");
    }

    @Test
    void updatesTheCriteriaAlone() {
        String id = api.createAlarm(entity, check);

        ApiClient.Answer answer = api.put(alarms + "/" + id, "{\"criteria\": \"return new AlarmStatus(OK);\"}");

        assertThat(answer.status()).isEqualTo(204);
        JsonNode alarm = api.get(alarms + "/" + id).json();
        assertThat(alarm.path("criteria").asText()).isEqualTo("return new AlarmStatus(OK);");
        assertThat(alarm.path("notification_plan_id").asText()).isEqualTo("npTechnicalContactsEmail");
    }

    @Test
    void refusesOneAlarmTooMany() {
        api.createAlarm(entity, check);
        api.createAlarm(entity, check);

        api.post(alarms, "{\"check_id\": \"" + check + "\", \"notification_plan_id\": \"npManaged\"}")
                .assertFault(400, "limitReached");
    }

    /** Fault: {@code check_type}, which fog sends with an alarm, was refused. */
    @Test
    void takesTheTypeOfItsCheck() {
        String id = api.create(alarms, """
                {"check_id": "%s", "check_type": "remote.ping", "notification_plan_id": "npTechnicalContactsEmail"}""".formatted(check));

        assertThat(api.put(alarms + "/" + id, "{\"check_type\": \"remote.ping\"}")
                        .status())
                .isEqualTo(204);
        assertThat(api.get(alarms + "/" + id).json().has("check_type")).isFalse();
        api.put(alarms + "/" + id, "{\"check_type\": \"remote.http\"}").assertBadField("badRequest", "check_type");
    }
}
