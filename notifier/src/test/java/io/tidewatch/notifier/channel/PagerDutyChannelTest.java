package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** PagerDuty's Events API v2. */
final class PagerDutyChannelTest extends HttpChannelContract {
    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new PagerDutyChannel(over, LINKS);
    }

    @Override
    Map<String, Object> details(String base) {
        return Map.of("service_key", "s3cret0123456789", "service_endpoint", base + "/v2/enqueue");
    }

    @Override
    Told read(Received request) throws Exception {
        JsonNode event = json(request);
        assertThat(request.path()).isEqualTo("/v2/enqueue");
        assertThat(request.body().length()).isLessThan(512_000);
        assertThat(event.path("routing_key").asText()).isEqualTo("s3cret0123456789");
        assertThat(event.path("dedup_key").asText()).hasSizeBetween(1, 255);
        String action = event.path("event_action").asText();
        if (action.equals("trigger")) {
            JsonNode payload = event.path("payload");
            assertThat(payload.path("summary").asText()).hasSizeBetween(1, 1024).doesNotContain("\n");
            assertThat(payload.path("source").asText()).isNotEmpty();
            assertThat(payload.path("severity").asText()).isIn("critical", "error", "warning", "info");
            assertThat(Instant.parse(payload.path("timestamp").asText())).isEqualTo(Deliveries.AT);
        }
        String kind = switch (action) {
            case "trigger" -> "problem";
            case "acknowledge" -> "acknowledged";
            case "resolve" -> "resolved";
            default -> throw new AssertionError(action);
        };
        return new Told(event.path("dedup_key").asText(), kind, request.body());
    }

    @ParameterizedTest
    @CsvSource({"CRITICAL, critical", "UNKNOWN, error", "WARNING, warning"})
    void saysHowBadItIs(State state, String severity) throws Exception {
        send(MessageKind.PROBLEM, state);

        assertThat(json(receiver.received().get(0)).at("/payload/severity").asText())
                .isEqualTo(severity);
    }

    @Test
    void describesTheAlert() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);

        JsonNode event = json(receiver.received().get(0));
        assertThat(event.path("dedup_key").asText()).isEqualTo("ac1/en1/al1/3");
        assertThat(event.path("client_url").asText())
                .isEqualTo("https://tidewatch.example/v1.0/ac1/entities/en1/alarms/al1");
        assertThat(event.at("/payload/summary").asText()).isEqualTo("CRITICAL: HTTP web1 on web1: code=500,rt=0.257s");
        assertThat(event.at("/payload/class").asText()).isEqualTo("remote.http");
        assertThat(event.at("/payload/custom_details/zones"))
                .hasToString("[\"mzdfw: CRITICAL - code=500,rt=0.257s\",\"agent: OK - fine\"]");
    }

    @Test
    void givesALongAlarmIdAShortKey() throws Exception {
        Delivery delivery = Deliveries.of(MessageKind.PROBLEM, State.CRITICAL);
        delivery.getEvent().setAlarmId("al".repeat(200));

        channel().send(delivery, details(), Deliveries.NOW);

        assertThat(json(receiver.received().get(0)).path("dedup_key").asText()).matches("[0-9a-f]{32}");
    }

    @Test
    void asksForNothingWhenThereIsNothingToResolve() {
        send(MessageKind.RECOVERED, State.OK);

        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void leavesNoIncidentBehindATest() {
        send(MessageKind.TEST, State.CRITICAL);
        send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(received()).extracting(Told::kind).containsExactly("problem", "resolved", "problem");
        assertThat(received().get(0).incident())
                .isEqualTo(received().get(1).incident())
                .isNotEqualTo(received().get(2).incident());
    }
}
