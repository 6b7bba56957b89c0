package io.tidewatch.gateway.history;

import static io.tidewatch.gateway.history.StoredAttempts.attempt;
import static io.tidewatch.gateway.history.StoredAttempts.transition;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.gateway.timeseries.StoredSuppression;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The notification history and the suppression log. */
class NotificationHistoryApiTest {
    private static final String HISTORY = "/entities/en1/alarms/al1/notification_history";
    private static final Instant EARLIER = RunningApi.NOW.minusSeconds(60);

    private final RunningApi api = new RunningApi();
    private final List<StoredAttempt> attempts = new ArrayList<>();

    NotificationHistoryApiTest() {
        api.timeSeries.attempts.put("en1/al1", attempts);
    }

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void listsTheCheckAsLongAsAttemptsAreKept() {
        assertThat(api.get(HISTORY).json()).hasToString("{\"check_ids\":[]}");
        add(RunningApi.NOW.minus(Duration.ofDays(29)));
        add(EARLIER);

        assertThat(api.get(HISTORY).json()).hasToString("{\"check_ids\":[\"ch1\"]}");
        assertThat(api.get(HISTORY + "?to=" + EARLIER.toEpochMilli()).json()).hasToString("{\"check_ids\":[\"ch1\"]}");
        assertThat(api.get("/entities/en1/alarms/al2/notification_history").json())
                .hasToString("{\"check_ids\":[]}");
    }

    @Test
    void showsTheLastSevenDaysNewestFirstOnAllPages() {
        Instant from = RunningApi.NOW.minus(Duration.ofDays(7));
        List<String> ids = new ArrayList<>();
        add(from.minusMillis(1));
        for (Instant at : List.of(from, EARLIER, EARLIER.plusMillis(1))) {
            ids.add(0, add(at));
        }

        assertThat(api.follow(HISTORY + "/ch1?limit=1", "id")).containsExactlyElementsOf(ids);
        assertThat(api.get(HISTORY + "/ch2").json().path("values")).isEmpty();
        api.get(HISTORY + "/ch1?marker=7").assertBadField("badRequest", "marker");
        api.get(HISTORY + "/ch1?marker=999:x&from=1000&to=2000").assertBadField("badRequest", "marker");
        api.get(HISTORY + "/ch1?from=now").assertBadField("badRequest", "from");
        api.get(HISTORY + "/ch1?limit=1001").assertFault(400, "invalidLimit");
    }

    /** No page has half a transition, though some have more attempts than are read at once. */
    @Test
    void leavesNoTransitionOutWhereThereAreManyAttempts() {
        List<String> ids = new ArrayList<>();
        for (int index = 0; index < 5; index++) {
            StoredAttempt.Transition transition = transition(EARLIER.minusSeconds(3600L * index));
            ids.add(transition.eventId());
            for (int number = 1; number <= 450; number++) {
                attempts.add(attempt(transition, "nt1", "d1", number, AttemptResult.NOT_RECEIVED, "503"));
            }
        }

        assertThat(api.follow(HISTORY + "/ch1", "id")).containsExactlyElementsOf(ids);
        JsonNode values = api.get(HISTORY + "/ch1").json().path("values");
        assertThat(values)
                .isNotEmpty()
                .allSatisfy(item ->
                        assertThat(item.at("/notification_results/0/attempts")).hasSize(450));
    }

    @Test
    void showsOneItem() {
        String id = add(EARLIER);
        add(EARLIER.plusMillis(1));

        assertThat(api.get(HISTORY + "/ch1/" + id).json().path("id").asText()).isEqualTo(id);
        for (String absent : List.of(id + "x", "x", "a:b:c:d:5:OK", id + ":deleted")) {
            api.get(HISTORY + "/ch1/" + absent).assertFault(404, "notFoundError");
        }
        api.get(HISTORY + "/ch2/" + id).assertFault(404, "notFoundError");
    }

    /** The end that the notifier makes up for a deleted alarm has the id of the last transition in its own. */
    @Test
    void showsTheEndOfADeletedAlarm() {
        String id = add(EARLIER.minusSeconds(3600)) + ":deleted";
        StoredAttempt.Transition end =
                new StoredAttempt.Transition(id, EARLIER, "ch1", State.OK, State.CRITICAL, "the alarm was deleted");
        attempts.add(attempt(end, "nt1", "d2", 1, AttemptResult.CONFIRMED, ""));

        assertThat(api.get(HISTORY + "/ch1/" + id).json().path("timestamp").asLong())
                .isEqualTo(EARLIER.toEpochMilli());
    }

    @Test
    void showsDetailsOfANotificationWithoutItsSecrets() {
        String hook = api.create(
                "/notifications",
                "{\"label\": \"hook\", \"type\": \"webhook\","
                        + " \"details\": {\"url\": \"https://example.com/hook/s3cr3t\"}}");
        attempts.add(attempt(transition(EARLIER), hook, "d1", 1, AttemptResult.CONFIRMED, ""));
        attempts.add(attempt(transition(EARLIER), "ntGone", "d1", 1, AttemptResult.CONFIRMED, ""));

        JsonNode results = api.get(HISTORY + "/ch1").json().at("/values/0/notification_results");

        assertThat(results).hasSize(2);
        results.forEach(result -> assertThat(result.path("notification_details"))
                .isEqualTo(
                        result.path("notification_id").asText().equals(hook)
                                ? api.get("/notifications/" + hook).json().path("details")
                                : Json.MAPPER.createObjectNode()));
        assertThat(results.toString()).doesNotContain("s3cr3t");
    }

    @Test
    void showsWhatWasWithheldAndFindsItByItsId() {
        api.timeSeries.suppressions.add(suppression("e1", EARLIER, "en1", "al1", "suppression spOne"));
        api.timeSeries.suppressions.add(
                suppression("e2", EARLIER, "en1", "al2", "silence si1 by ann: suppression sp2"));
        api.timeSeries.suppressions.add(suppression("e2", EARLIER.plusMillis(1), "en2", "al3", "acknowledged"));
        String first = EARLIER.toEpochMilli() + ":e1";

        assertThat(api.follow("/suppression_logs?limit=1", "id"))
                .containsExactly(
                        EARLIER.toEpochMilli() + ":e2",
                        first,
                        EARLIER.plusMillis(1).toEpochMilli() + ":e2");
        assertThat(api.follow("/suppression_logs?reverse=True&entityId=en1", "id"))
                .containsExactly(first, EARLIER.toEpochMilli() + ":e2");
        assertThat(api.get("/suppression_logs/" + first).json())
                .hasToString("{\"id\":\"" + first + "\",\"timestamp\":" + EARLIER.toEpochMilli()
                        + ",\"entity_id\":\"en1\",\"alarm_id\":\"al1\",\"check_id\":\"ch1\","
                        + "\"notification_plan_id\":\"np1\",\"state\":\"CRITICAL\",\"transaction_id\":\"e1\","
                        + "\"event_id\":\"e1\",\"previous_state\":\"OK\",\"status\":\"down\","
                        + "\"reason\":\"suppression spOne\",\"suppressions\":[\"spOne\"]}");
        assertThat(api.get("/suppression_logs/" + EARLIER.toEpochMilli() + ":e2")
                        .json()
                        .path("suppressions"))
                .isEmpty();
        for (String absent : List.of("x", EARLIER.toEpochMilli() + ":e0", "0:e1", first + ":x")) {
            api.get("/suppression_logs/" + absent).assertFault(404, "notFoundError");
        }
        api.get("/suppression_logs?alarmId=al1").assertBadField("badRequest", "alarmId");
    }

    private String add(Instant at) {
        StoredAttempt.Transition transition = transition(at);
        attempts.add(attempt(transition, "nt1", "d1", 1, AttemptResult.CONFIRMED, ""));
        return transition.eventId();
    }

    private static StoredSuppression suppression(
            String eventId, Instant at, String entityId, String alarmId, String reason) {
        return new StoredSuppression(
                eventId, at, entityId, "ch1", alarmId, Optional.of("np1"), State.CRITICAL, State.OK, "down", reason);
    }
}
