package io.tidewatch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.timeseries.StoredAlarmState;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.schema.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changelogs and views. */
class HistoryApiTest {
    private static final Instant EARLIER = RunningApi.NOW.minusSeconds(60);

    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsATransition() {
        api.timeSeries.transitions.add(transition("e1", EARLIER, "en1", "al1"));

        assertThat(api.get("/changelogs/alarms").json().path("values"))
                .hasToString("[{\"id\":\"e1\",\"timestamp\":" + EARLIER.toEpochMilli()
                        + ",\"entity_id\":\"en1\",\"alarm_id\":\"al1\",\"check_id\":\"ch1\",\"state\":\"CRITICAL\","
                        + "\"previous_state\":\"OK\",\"status\":\"down\",\"analyzed_by_monitoring_zone_id\":\"mza\"}]");
    }

    @Test
    void leadsThroughAllPagesInBothDirectionsWhereManyShareAMillisecond() {
        List.of("a", "b", "c", "d", "e")
                .forEach(id -> api.timeSeries.transitions.add(transition(id, EARLIER, "en1", "al1")));
        api.timeSeries.transitions.add(transition("f", EARLIER.plusMillis(1), "en1", "al1"));

        assertThat(follow("/changelogs/alarms?limit=2")).containsExactly("e", "d", "c", "b", "a", "f");
        assertThat(follow("/changelogs/alarms?limit=2&reverse=true")).containsExactly("f", "a", "b", "c", "d", "e");
    }

    @Test
    void showsTheLastSevenDaysOnly() {
        Instant from = RunningApi.NOW.minus(Duration.ofDays(7));
        api.timeSeries.transitions.add(transition("before", from.minusMillis(1), "en1", "al1"));
        api.timeSeries.transitions.add(transition("first", from, "en1", "al1"));
        api.timeSeries.transitions.add(transition("now", RunningApi.NOW, "en1", "al1"));

        assertThat(follow("/changelogs/alarms")).containsExactly("first");
    }

    /** Fault: a marker from elsewhere was read from all days up to the range, or from all the days there are. */
    @Test
    void refusesAMarkerOutsideTheRange() {
        String range = "/changelogs/alarms?from=1000&to=2000&marker=";
        String reason = "marker: is not of this list, which goes from 1000 to right before 2000";

        for (String outside : List.of("999:x", "2000:x", "253402300799999:x")) {
            api.get(range + outside).assertBadField("badRequest", "marker");
            api.get(range + outside + "&reverse=true").assertBadField("badRequest", "marker");
            assertThat(api.get(range + outside).json().path("message").asText()).isEqualTo(reason);
        }
        assertThat(api.get(range + "1000:x").status()).isEqualTo(200);
        assertThat(api.get(range + "1999:x&reverse=true").status()).isEqualTo(200);
        api.get("/changelogs/alarms?marker=1:x").assertBadField("badRequest", "marker");
    }

    @Test
    void picksOutAnEntityOrAnAlarm() {
        api.timeSeries.transitions.add(transition("1", EARLIER, "en1", "al1"));
        api.timeSeries.transitions.add(transition("2", EARLIER, "en1", "al2"));
        api.timeSeries.transitions.add(transition("3", EARLIER, "en2", "al3"));

        assertThat(follow("/changelogs/alarms?entityId=en1")).containsExactly("2", "1");
        assertThat(follow("/changelogs/alarms?entityId=en1&alarmId=al1")).containsExactly("1");
        api.get("/changelogs/alarms?alarmId=al1").assertBadField("badRequest", "alarmId");
        api.get("/changelogs/alarms?marker=7").assertBadField("badRequest", "marker");
        api.get("/changelogs/alarms?reverse=yes").assertBadField("badRequest", "reverse");
    }

    @Test
    void showsEntitiesWithTheirChecksAlarmsAndStates() {
        String entity = api.createEntity();
        String check = api.createCheck(entity);
        String known = api.createAlarm(entity, check);
        String unknown = api.createAlarm(entity, check);
        api.timeSeries.alarmStates.add(new StoredAlarmState(
                entity, known, check, State.WARNING, State.OK, "slow", EARLIER, Optional.of("mzb")));

        JsonNode shown = api.get("/views/overview").json().at("/values/0");

        assertThat(shown.at("/entity/id").asText()).isEqualTo(entity);
        assertThat(shown.at("/checks/0/id").asText()).isEqualTo(check);
        assertThat(shown.path("alarms")).hasSize(2);
        assertThat(shown.path("latest_alarm_states").toString())
                .contains("{\"timestamp\":" + EARLIER.toEpochMilli() + ",\"entity_id\":\"" + entity
                        + "\",\"alarm_id\":\"" + known + "\",\"check_id\":\"" + check
                        + "\",\"status\":\"slow\",\"state\":\"WARNING\",\"previous_state\":\"OK\","
                        + "\"analyzed_by_monitoring_zone_id\":\"mzb\"}")
                .contains("{\"timestamp\":null,\"entity_id\":\"" + entity + "\",\"alarm_id\":\"" + unknown
                        + "\",\"check_id\":\"" + check
                        + "\",\"status\":null,\"state\":\"UNKNOWN\",\"previous_state\":\"UNKNOWN\","
                        + "\"analyzed_by_monitoring_zone_id\":null}");
        assertThat(api.get("/views/latest_alarm_states?entityId=" + entity)
                        .json()
                        .path("values"))
                .hasToString(shown.path("latest_alarm_states").toString());
    }

    @Test
    void picksOutEntitiesByIdOrUri() {
        String one = api.createEntity();
        String other = api.create("/entities", "{\"label\": \"db\", \"uri\": \"urn:db\"}");

        assertThat(api.get("/views/overview").json().path("values")).hasSize(2);
        assertThat(api.get("/views/overview?entityId=" + one + "&entityId=" + other)
                        .json()
                        .path("values"))
                .hasSize(2);
        assertThat(api.get("/views/overview?uri=urn:db")
                        .json()
                        .at("/values/0/entity/id")
                        .asText())
                .isEqualTo(other);
        api.get("/views/overview?uri=urn:db&entityId=" + one).assertBadField("badRequest", "uri");
        api.get("/views/overview?entityId=enX").assertFault(404, "notFoundError");
        api.get("/views/overview?" + "entityId=e&".repeat(101)).assertBadField("badRequest", "entityId");
    }

    @Test
    void leadsThroughAllPagesOfStates() {
        String entity = api.createEntity();
        String check = api.createCheck(entity);
        List<String> alarms = new ArrayList<>();
        for (int index = 0; index < 3; index++) {
            alarms.add(api.createAlarm(entity, check));
        }

        assertThat(api.follow("/views/latest_alarm_states?limit=1", "alarm_id"))
                .containsExactlyInAnyOrderElementsOf(alarms);
    }

    private List<String> follow(String path) {
        return api.follow(path, "id");
    }

    private static StoredTransition transition(String id, Instant timestamp, String entity, String alarm) {
        return new StoredTransition(
                id, timestamp, entity, "ch1", alarm, State.CRITICAL, State.OK, "down", Optional.of("mza"));
    }

    /** Faults: {@code agentId} was ignored by the views, as were names of parameters in capitals. */
    @Test
    void selectsEntitiesByAgentAndByNamesInCapitals() {
        String web = api.create("/entities", "{\"label\": \"web\", \"agent_id\": \"agent-1\"}");
        String db = api.create("/entities", "{\"label\": \"db\", \"agent_id\": \"agent-2\"}");
        api.createAlarm(web, api.create("/entities/" + web + "/checks", "{\"type\": \"agent.cpu\"}"));

        assertThat(overview("agentId=agent-1")).containsExactly(web);
        assertThat(overview("AGENTID=agent-2")).containsExactly(db);
        assertThat(overview("agentId=agent-1&agentId=agent-2")).containsExactlyInAnyOrder(web, db);
        assertThat(overview("agentId=agent-3")).isEmpty();
        assertThat(overview("ENTITYID=" + db)).containsExactly(db);
        assertThat(api.get("/views/latest_alarm_states?agentId=agent-1").json().path("values"))
                .hasSize(1);
        assertThat(api.get("/views/latest_alarm_states?agentId=agent-2").json().path("values"))
                .isEmpty();
        api.get("/views/overview?agentId=agent-1&entityId=" + web).assertBadField("badRequest", "agentId");
        api.get("/views/overview?agentId=agent-1&uri=urn:web").assertBadField("badRequest", "uri");
    }

    @Test
    void keepsTheAgentOnTheNextPage() {
        api.create("/entities", "{\"label\": \"web\", \"agent_id\": \"agent-1\"}");
        api.create("/entities", "{\"label\": \"db\", \"agent_id\": \"agent-2\"}");
        api.create("/entities", "{\"label\": \"other\"}");

        JsonNode first =
                api.get("/views/overview?AGENTID=agent-1,agent-2&limit=1").json();

        assertThat(first.path("values")).hasSize(1);
        assertThat(api.get(ApiClient.nextPath(first)).json().path("values")).hasSize(1);
    }

    /** Fault: Python's {@code reverse=True} was refused. */
    @Test
    void takesBooleansOfQueriesInAnyCase() {
        assertThat(api.get("/changelogs/alarms?reverse=True").status()).isEqualTo(200);
        assertThat(api.get("/changelogs/alarms?REVERSE=FALSE").status()).isEqualTo(200);
        api.get("/changelogs/alarms?reverse=yes").assertBadField("badRequest", "reverse");
    }

    private List<String> overview(String query) {
        List<String> ids = new ArrayList<>();
        api.get("/views/overview?" + query)
                .json()
                .path("values")
                .forEach(value -> ids.add(value.at("/entity/id").asText()));
        return ids;
    }
}
