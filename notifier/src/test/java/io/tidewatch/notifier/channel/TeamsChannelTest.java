package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Workflows of Microsoft Teams. */
final class TeamsChannelTest extends HttpChannelContract {
    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new TeamsChannel(over, LINKS);
    }

    @Override
    Map<String, Object> details(String base) {
        return Map.of(
                "url", base + "/workflows/0123456789/triggers/manual/run?api-version=2016-06-01&sig=s3cret0123456789");
    }

    @Override
    Told read(Received request) throws Exception {
        assertThat(request.body().getBytes(StandardCharsets.UTF_8).length).isLessThan(21_000);
        JsonNode message = json(request);
        assertThat(message.path("type").asText()).isEqualTo("message");
        JsonNode attachment = message.path("attachments").get(0);
        assertThat(attachment.path("contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        JsonNode card = attachment.path("content");
        assertThat(card.path("type").asText()).isEqualTo("AdaptiveCard");
        assertThat(card.path("version").asText()).isEqualTo("1.2");
        assertThat(card.path("body"))
                .isNotEmpty()
                .allMatch(block -> block.path("type").asText().equals("TextBlock"));
        assertThat(card.at("/body/0/color").asText()).isIn("Attention", "Warning", "Good", "Accent");
        assertThat(request.body()).doesNotContain("](");
        StringBuilder text = new StringBuilder();
        card.path("body")
                .forEach(block -> text.append(block.path("text").asText()).append('\n'));
        return Told.ofHeadline(card.at("/body/0/text").asText(), text.toString());
    }

    @Test
    void showsTheStateByItsColour() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);
        send(MessageKind.RESOLVED, State.OK);

        assertThat(json(receiver.received().get(0))
                        .at("/attachments/0/content/body/0/color")
                        .asText())
                .isEqualTo("Attention");
        assertThat(json(receiver.received().get(1))
                        .at("/attachments/0/content/body/0/color")
                        .asText())
                .isEqualTo("Good");
    }
}
