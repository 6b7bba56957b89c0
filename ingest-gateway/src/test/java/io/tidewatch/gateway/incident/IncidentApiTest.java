package io.tidewatch.gateway.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.ApiClient;
import io.tidewatch.gateway.RunningApi;
import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CommandKind;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.PendingMessage;
import io.tidewatch.schema.ReceiverMemory;
import io.tidewatch.schema.State;
import io.tidewatch.schema.ToldProblem;
import io.tidewatch.schema.WithheldMessage;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Incidents as the notifier would have written them. */
class IncidentApiTest {
    private static final Instant OPENED = Samples.NOW.minusSeconds(600);
    private static final String OPEN = "/incidents/en1:al1:3";

    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsWhatIsKnownOfAnIncidentAndOfItsReceivers() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));

        assertThat(api.get(OPEN).json().toString()).isEqualTo("""
                {"id":"en1:al1:3","number":3,"entity_id":"en1","check_id":"ch1","alarm_id":"al1","entity_label":"web1",\
                "check_label":"HTTP","alarm_label":"Status","notification_plan_id":"np1","state":"CRITICAL",\
                "status":"status code is 500","opened_at":1772365800000,"changed_at":1772366400000,"escalation_step":1,\
                "acknowledgement":{"who":"jo","note":"on it","at":1772366400000,"sticky":false,"until":1772370000000},\
                "receivers":[\
                {"notification_id":"ntMail","told":{"incident":3,"state":"WARNING","at":1772365800000,"acknowledged":true},\
                "on_its_way":{"delivery_id":"d1","kind":"update","incident":3,"state":"CRITICAL","withdrawn":false},\
                "withheld":null,"given_up":null},\
                {"notification_id":"ntPager","told":null,"on_its_way":null,\
                "withheld":{"state":"CRITICAL","reason":"acknowledged by jo"},"given_up":null}]}""");
    }

    @Test
    void listsThoseThatAreOpenAndAllOnlyWhenAsked() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));
        write(incident("acme", "en1", "al2", 1, State.OK));
        write(incident("acme", "en10", "al1", 7, State.UNKNOWN));
        write(incident("acme", "en1", "al3", 0, State.OK));
        write(incident("other", "en1", "al1", 1, State.CRITICAL));

        assertThat(api.follow("/incidents", "id")).containsExactly("en1:al1:3", "en10:al1:7");
        assertThat(api.follow("/incidents?state=all&limit=1", "id"))
                .as("an alarm without a problem has none")
                .containsExactly("en1:al1:3", "en1:al2:1", "en10:al1:7");
        assertThat(api.follow("/incidents?entity_id=en10&state=open", "id")).containsExactly("en10:al1:7");
        assertThat(api.follow("/incidents?entity_id=enX", "id")).isEmpty();
        api.get("/incidents?state=closed").assertBadField("badRequest", "state");
        api.get("/incidents?marker=x").assertBadField("badRequest", "marker");
    }

    @Test
    void forgetsWhatTheNotifierForgets() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));

        api.log.append(List.of(new LogEntry(Topic.INCIDENTS, "acme/en1/al1", Optional.of("acme"), Optional.empty())));

        api.get(OPEN).assertFault(404, "notFoundError");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "en1:al1:2",
                "en1:al1:4",
                "en1:al2:3",
                "en1:al1",
                "x",
                "en1:al1:03",
                "en1:al1:99999999999999999999"
            })
    void hasNoOthers(String id) {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));

        api.get("/incidents/" + id).assertFault(404, "notFoundError");
    }

    @Test
    void writesWhatSomebodyWants() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));
        long until = Samples.NOW.plusSeconds(60).toEpochMilli();

        ApiClient.Answer answer = api.post(
                OPEN + "/acknowledge",
                "{\"sticky\": \"true\", \"until\": " + until + ", \"who\": \"jo\", \"note\": \"restarting\"}");

        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        LogEntry entry = api.log.entries(Topic.INCIDENT_COMMANDS).get(0);
        assertThat(entry.key()).isEqualTo("acme/en1/al1");
        assertThat(entry.partitionedBy()).isEqualTo(Optional.of("acme"));
        IncidentCommand command = command(0);
        assertThat(command.getCommandId()).isNotBlank();
        assertThat(command)
                .isEqualTo(IncidentCommand.newBuilder()
                        .setTenantId("acme")
                        .setEntityId("en1")
                        .setAlarmId("al1")
                        .setCommandId(command.getCommandId())
                        .setKind(CommandKind.ACKNOWLEDGE)
                        .setIncident(3)
                        .setSticky(true)
                        .setUntil(Instant.ofEpochMilli(until))
                        .setWho("jo")
                        .setNote("restarting")
                        .setAt(Samples.NOW)
                        .build());
    }

    @Test
    void needsNoBodyAndTakesWhoAndWhyFromTheUrl() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));

        assertThat(api.post(OPEN + "/acknowledge?_who=jo&_why=deploy", "").status())
                .isEqualTo(202);
        assertThat(api.post(OPEN + "/unacknowledge", "null").status()).isEqualTo(202);

        assertThat(command(0))
                .returns("jo", IncidentCommand::getWho)
                .returns("deploy", IncidentCommand::getNote)
                .returns(false, IncidentCommand::getSticky)
                .returns(null, IncidentCommand::getUntil);
        assertThat(command(1))
                .returns(CommandKind.UNACKNOWLEDGE, IncidentCommand::getKind)
                .returns("", IncidentCommand::getWho);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "acknowledge; {\"until\": 1772366400000}; until",
                "acknowledge; {\"until\": \"tomorrow\"}; until",
                "acknowledge; {\"sticky\": \"maybe\"}; sticky",
                "acknowledge; {\"state\": \"OK\"}; state",
                "unacknowledge; {\"sticky\": true}; sticky"
            })
    void refusesBadAndUnknownFieldsByName(String command, String body, String field) {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));

        api.post(OPEN + "/" + command, body).assertBadField("badRequest", field);

        assertThat(api.log.entries(Topic.INCIDENT_COMMANDS)).isEmpty();
    }

    @Test
    void refusesToAcknowledgeWhatIsOverOrDoesNotExist() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));
        write(incident("acme", "en1", "al2", 1, State.OK));

        api.post("/incidents/en1:al1:2/acknowledge", "").assertFault(409, "conflictError");
        api.post("/incidents/en1:al2:1/acknowledge", "").assertFault(409, "conflictError");
        api.post("/incidents/en1:al2:1/unacknowledge", "").assertFault(409, "conflictError");
        api.post("/incidents/en1:al1:4/acknowledge", "").assertFault(404, "notFoundError");
        api.post("/incidents/en1:al9:1/acknowledge", "").assertFault(404, "notFoundError");
        api.post("/v1.0/other/incidents/en1:al1:3/acknowledge", "").assertFault(404, "notFoundError");

        assertThat(api.log.entries(Topic.INCIDENT_COMMANDS)).isEmpty();
    }

    @Test
    void promisesNothingWhenKafkaDoesNotAcknowledge() {
        write(incident("acme", "en1", "al1", 3, State.CRITICAL));
        api.log.failWith(new LogUnavailableException("Kafka did not acknowledge in time", null));

        api.post(OPEN + "/acknowledge", "").assertFault(503, "systemFailureError");
    }

    private IncidentCommand command(int index) {
        return (IncidentCommand)
                api.log.entries(Topic.INCIDENT_COMMANDS).get(index).value().orElseThrow();
    }

    private void write(Incident incident) {
        api.log.append(List.of(new IncidentKind().put(incident)));
    }

    private static Incident incident(String tenant, String entity, String alarm, long number, State state) {
        return Incident.newBuilder()
                .setTenantId(tenant)
                .setEntityId(entity)
                .setCheckId("ch1")
                .setAlarmId(alarm)
                .setNumber(number)
                .setState(state)
                .setEventId("e1")
                .setOpenedAt(OPENED)
                .setAcknowledgement(IncidentAcknowledgement.newBuilder()
                        .setSticky(false)
                        .setState(State.WARNING)
                        .setUntil(Samples.NOW.plusSeconds(3600))
                        .setWho("jo")
                        .setNote("on it")
                        .setAt(Samples.NOW)
                        .build())
                .setEscalationSteps(1)
                .setSurfaced(true)
                .setReceivers(Map.of(
                        "ntPager",
                        ReceiverMemory.newBuilder()
                                .setWithheld(new WithheldMessage(State.CRITICAL, "acknowledged by jo"))
                                .setEndOf(0)
                                .setMessages(0)
                                .build(),
                        "ntMail",
                        ReceiverMemory.newBuilder()
                                .setTold(ToldProblem.newBuilder()
                                        .setIncident(3)
                                        .setState(State.WARNING)
                                        .setAt(OPENED)
                                        .setAcknowledged(true)
                                        .build())
                                .setPending(
                                        new PendingMessage("d1", MessageKind.UPDATE, 3L, State.CRITICAL, "e1", false))
                                .setEndOf(0)
                                .setMessages(2)
                                .build()))
                .setEvent(AlertEvent.newBuilder()
                        .setEventId("e1")
                        .setTenantId(tenant)
                        .setEntityId(entity)
                        .setCheckId("ch1")
                        .setAlarmId(alarm)
                        .setTimestamp(Samples.NOW)
                        .setState(state)
                        .setPreviousState(State.WARNING)
                        .setStatus("status code is 500")
                        .setObservations(List.of())
                        .setMetrics(Map.of())
                        .setEntityLabel("web1")
                        .setCheckLabel("HTTP")
                        .setAlarmLabel("Status")
                        .setNotificationPlanId("np1")
                        .build())
                .build();
    }
}
