package io.tidewatch.gateway.resource;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.topics.Topic;
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

class NotificationPlanApiTest {
    private static final String PLANS = "/notification_plans";

    private final RunningApi api = new RunningApi(Map.of(GatewayConfig.MAX_NOTIFICATION_PLANS_PER_TENANT, "3"));
    private String mail = "";

    @BeforeEach
    void createNotification() {
        mail = api.create(
                "/notifications", "{\"label\": \"m\", \"type\": \"email\", \"details\": {\"address\": \"a@b.c\"}}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatWasCreated() {
        String id = api.create(PLANS, """
                {"label": "ops", "critical_state": ["%1$s", "ntTechnicalContactsEmail"], "warning_state": ["%1$s"],
                 "ok_state": ["%1$s"], "unknown_state": ["%1$s"], "repeat_after": "3600",
                 "escalation": [{"after": 60, "notifications": ["%1$s"]}, {"after": 604800, "notifications": ["%1$s"]}],
                 "lasts_for": 300, "critical_at_once": false, "group_by": "ENTITY", "group_interval": 60,
                 "metadata": {"a": "b"}}""".formatted(mail));

        assertThat(id).startsWith("np");
        assertThat(api.get(PLANS + "/" + id).json().toString()).isEqualTo("""
                {"id":"%2$s","label":"ops","critical_state":["%1$s","ntTechnicalContactsEmail"],\
                "warning_state":["%1$s"],"ok_state":["%1$s"],"unknown_state":["%1$s"],"repeat_after":3600,\
                "escalation":[{"after":60,"notifications":["%1$s"]},{"after":604800,"notifications":["%1$s"]}],\
                "lasts_for":300,"critical_at_once":false,\
                "group_by":"ENTITY","group_wait":30,"group_interval":60,"metadata":{"a":"b"},\
                "created_at":1772366400000,"updated_at":1772366400000}""".formatted(mail, id));
        LogEntry entry = api.log.entries(Topic.NOTIFICATION_PLANS).get(0);
        assertThat(entry.key()).isEqualTo("acme/" + id);
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
    }

    @Test
    void tellsNobodyWhereNothingIsSaid() {
        String id = api.create(PLANS, "{\"label\": \"quiet\", \"who\": null, \"critical_state\": null}");

        assertThat(api.get(PLANS + "/" + id).json().toString()).contains("""
                "critical_state":[],"warning_state":[],"ok_state":[],"unknown_state":[],"repeat_after":null,\
                "escalation":[],"lasts_for":0,"critical_at_once":true,"metadata":{}""");
    }

    @Test
    void changesOneListAlone() {
        String id = api.create(PLANS, "{\"label\": \"ops\", \"ok_state\": [\"" + mail + "\"]}");

        assertThat(api.put(PLANS + "/" + id, "{\"critical_state\": [\"" + mail + "\"], \"repeat_after\": 60}")
                        .status())
                .isEqualTo(204);

        JsonNode plan = api.get(PLANS + "/" + id).json();
        assertThat(plan.at("/ok_state/0").asText()).isEqualTo(mail);
        assertThat(plan.at("/critical_state/0").asText()).isEqualTo(mail);
        assertThat(plan.path("repeat_after").asInt()).isEqualTo(60);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "badRequest            | label                           | {}",
                "requiredNotFoundError | critical_state[1]               | {'critical_state': ['MAIL', 'ntNone']}",
                "requiredNotFoundError | warning_state[0]                | {'warning_state': ['ntNone']}",
                "requiredNotFoundError | ok_state[0]                     | {'ok_state': ['ntNone']}",
                "requiredNotFoundError | unknown_state[0]                | {'unknown_state': ['ntNone']}",
                "requiredNotFoundError | escalation[0].notifications[0]  | {'escalation': [{'after': 60, 'notifications': ['ntNone']}]}",
                "badRequest            | ok_state[1]                     | {'ok_state': ['MAIL', 'MAIL']}",
                "badRequest            | ok_state                        | {'ok_state': 'MAIL'}",
                "badRequest            | repeat_after                    | {'repeat_after': 59}",
                "badRequest            | repeat_after                    | {'repeat_after': 604801}",
                "badRequest            | lasts_for                       | {'lasts_for': -1}",
                "badRequest            | lasts_for                       | {'lasts_for': 86401}",
                "badRequest            | group_by                        | {'group_by': 'ZONE'}",
                "badRequest            | group_wait                      | {'group_by': 'PLAN', 'group_wait': 3601}",
                "badRequest            | critical_at_once                | {'critical_at_once': 1}",
                "badRequest            | escalation                      | {'escalation': {}}",
                "badRequest            | escalation[0]                   | {'escalation': [1]}",
                "badRequest            | escalation[0].after             | {'escalation': [{'notifications': ['MAIL']}]}",
                "badRequest            | escalation[0].after             | {'escalation': [{'after': 59, 'notifications': ['MAIL']}]}",
                "badRequest            | escalation[0].colour            | {'escalation': [{'after': 60, 'colour': 1}]}",
                "badRequest            | escalation[0].notifications     | {'escalation': [{'after': 60, 'notifications': []}]}",
                "badRequest            | escalation[1].after             | {'escalation': [{'after': 60, 'notifications': ['MAIL']}, {'after': 60, 'notifications': ['MAIL']}]}"
            })
    void namesTheFieldThatIsBad(String type, String field, String body) {
        String json = body.replace("MAIL", mail).replace('\'', '"');
        String labelled = field.equals("label") ? json : json.replaceFirst("\\{", "{\"label\": \"x\", ");

        api.post(PLANS, labelled).assertBadField(type, field);
    }

    @Test
    void bounds() {
        String ids = IntStream.rangeClosed(0, 100)
                .mapToObj(i -> "\"nt" + i + "\"")
                .collect(Collectors.joining(", ", "[", "]"));
        String steps = IntStream.rangeClosed(1, 11)
                .mapToObj(i -> "{\"after\": " + 60 * i + ", \"notifications\": [\"" + mail + "\"]}")
                .collect(Collectors.joining(", ", "[", "]"));

        api.post(PLANS, "{\"label\": \"x\", \"ok_state\": " + ids + "}").assertBadField("badRequest", "ok_state");
        api.post(PLANS, "{\"label\": \"x\", \"escalation\": " + steps + "}").assertBadField("badRequest", "escalation");
        for (int i = 0; i < 3; i++) {
            api.create(PLANS, "{\"label\": \"x\"}");
        }
        api.post(PLANS, "{\"label\": \"x\"}").assertFault(400, "limitReached");
    }

    @Test
    void namesNoNotificationOfAnotherTenant() {
        api.post("/v1.0/other/notification_plans", "{\"label\": \"x\", \"ok_state\": [\"" + mail + "\"]}")
                .assertBadField("requiredNotFoundError", "ok_state[0]");
    }

    @Test
    void isBuiltInForEveryTenant() {
        JsonNode plan = api.get(PLANS + "/npTechnicalContactsEmail").json();

        for (String state : List.of("critical_state", "warning_state", "ok_state")) {
            assertThat(plan.path(state).toString()).isEqualTo("[\"ntTechnicalContactsEmail\"]");
        }
        assertThat(api.follow(PLANS, "id")).containsExactly("npManaged", "npTechnicalContactsEmail");
        assertThat(api.follow(PLANS + "?limit=1", "id")).containsExactly("npManaged", "npTechnicalContactsEmail");
        assertThat(api.follow(PLANS + "?marker=npT", "id")).containsExactly("npTechnicalContactsEmail");
        api.put(PLANS + "/npManaged", "{\"label\": \"mine\"}").assertFault(403, "forbiddenError");
        api.delete(PLANS + "/npManaged").assertFault(403, "forbiddenError");
    }

    @Test
    void staysWhileAlarmsNameIt() {
        String plan = api.create(PLANS, "{\"label\": \"ops\"}");
        String entity = api.createEntity();
        String check = api.createCheck(entity);
        String alarms = "/entities/" + entity + "/alarms";
        String body = "{\"check_id\": \"" + check + "\", \"notification_plan_id\": \"" + plan + "\"}";
        String alarm = api.create(alarms, body);

        ApiClient.Answer refused = api.delete(PLANS + "/" + plan);

        refused.assertFault(400, "childrenExistError");
        assertThat(refused.json().at("/details/alarms").toString()).isEqualTo("[\"" + entity + ":" + alarm + "\"]");
        for (int i = 0; i < 10; i++) {
            api.create(alarms, body);
        }
        assertThat(api.delete(PLANS + "/" + plan).json().at("/details/alarms")).hasSize(10);
        api.delete("/entities/" + entity);
        assertThat(api.delete(PLANS + "/" + plan).status()).isEqualTo(204);
    }

    @Test
    void isThereBeforeAnAlarmNamesIt() {
        String entity = api.createEntity();
        String check = api.createCheck(entity);
        String alarms = "/entities/" + entity + "/alarms";

        api.post(alarms, "{\"check_id\": \"" + check + "\", \"notification_plan_id\": \"npNone\"}")
                .assertBadField("requiredNotFoundError", "notification_plan_id");
        String alarm = api.createAlarm(entity, check);
        api.put(alarms + "/" + alarm, "{\"notification_plan_id\": \"npNone\"}")
                .assertBadField("requiredNotFoundError", "notification_plan_id");

        String plan = api.create(PLANS, "{\"label\": \"ops\"}");
        assertThat(api.put(alarms + "/" + alarm, "{\"notification_plan_id\": \"" + plan + "\"}")
                        .status())
                .isEqualTo(204);
    }
}
