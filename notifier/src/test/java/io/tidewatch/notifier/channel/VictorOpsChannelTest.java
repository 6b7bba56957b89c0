package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The REST endpoint of VictorOps. */
final class VictorOpsChannelTest extends HttpChannelContract {
    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new VictorOpsChannel(over, LINKS, base + "/alert/");
    }

    @Override
    Map<String, Object> details(String base) {
        return Map.of("api_key", "s3cret-key", "routing_key", "s3cret route");
    }

    @Override
    Told read(Received request) throws Exception {
        assertThat(request.path()).isEqualTo("/alert/s3cret-key/s3cret%20route");
        JsonNode message = json(request);
        assertThat(message.path("entity_display_name").asText()).hasSizeBetween(1, 255);
        assertThat(message.path("state_message").asText()).hasSizeBetween(1, 10_000);
        assertThat(message.path("state_start_time").asLong()).isEqualTo(Deliveries.OPENED.getEpochSecond());
        String kind = switch (message.path("message_type").asText()) {
            case "CRITICAL", "WARNING", "INFO" -> "problem";
            case "ACKNOWLEDGEMENT" -> "acknowledged";
            case "RECOVERY" -> "resolved";
            default -> throw new AssertionError(request.body());
        };
        return new Told(
                message.path("entity_id").asText(),
                kind,
                message.path("message_type").asText() + " "
                        + message.path("entity_display_name").asText() + "\n"
                        + message.path("state_message").asText());
    }

    @Test
    void needsNoRoute() {
        channel()
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                        new ChannelDetails(Map.of("api_key", "s3cret-key")),
                        Deliveries.NOW);

        assertThat(receiver.received().get(0).path()).isEqualTo("/alert/s3cret-key");
    }

    @Test
    void saysWhoTakesCareAndWhatTheySay() throws Exception {
        send(MessageKind.ACKNOWLEDGED, State.CRITICAL);

        JsonNode message = json(receiver.received().get(0));
        assertThat(message.path("ack_author").asText()).isEqualTo("jo");
        assertThat(message.path("ack_msg").asText()).isEqualTo("restarting it");
    }

    @Test
    void isRefusedByASuccessThatSaysItFailed() {
        receiver.answer(200, Map.of(), "{\"result\":\"failure\",\"message\":\"no key s3cret-key\"}");

        Attempt attempt = send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(attempt.result()).isEqualTo(Result.REFUSED);
        assertThat(attempt.reason()).contains("no key …");
    }
}
