package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Slack's incoming webhooks. */
final class SlackChannelTest extends HttpChannelContract {
    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new SlackChannel(over, LINKS);
    }

    @Override
    Map<String, Object> details(String base) {
        return Map.of("url", base + "/services/T00000000/B00000000/s3cret0123456789");
    }

    @Override
    Told read(Received request) throws Exception {
        JsonNode message = json(request);
        String text = message.path("text").asText();
        assertThat(text.replace("&lt;", "<")
                        .replace("&gt;", ">")
                        .replace("&amp;", "&")
                        .length())
                .isBetween(1, 3000);
        assertThat(text).doesNotContain("<", ">");
        JsonNode attachment = message.path("attachments").get(0);
        assertThat(attachment.path("color").asText()).matches("good|warning|danger|#[0-9a-f]{6}");
        JsonNode blocks = attachment.path("blocks");
        assertThat(blocks)
                .hasSize(2)
                .allMatch(block -> block.at("/text/type").asText().equals("plain_text"));
        String header = blocks.get(0).at("/text/text").asText();
        assertThat(header).hasSizeBetween(1, 150);
        assertThat(blocks.get(1).at("/text/text").asText()).hasSizeBetween(1, 3000);
        return Told.ofHeadline(header, blocks.get(1).at("/text/text").asText());
    }

    @Test
    void showsWhatAPersonWantsToKnow() throws Exception {
        send(MessageKind.REMINDER, State.CRITICAL);

        JsonNode message = json(receiver.received().get(0));
        assertThat(message.path("text").asText()).isEqualTo("still CRITICAL: HTTP web1 on web1: code=500,rt=0.257s");
        assertThat(message.at("/attachments/0/color").asText()).isEqualTo("danger");
        assertThat(message.at("/attachments/0/blocks/1/text/text").asText()).isEqualTo("""
                Entity: web1 (en1)
                Check: HTTP web1 (remote.http)
                Alarm: al1
                State: CRITICAL, before OK; the problem is still there
                Status: code=500,rt=0.257s
                Date: 2026-11-30 12:00:00 UTC
                Incident: 3, since 2026-11-30 11:58:00 UTC
                Alarm in the API: https://tidewatch.example/v1.0/ac1/entities/en1/alarms/al1
                CRITICAL - code=500,rt=0.257s, mzdfw, 12 sec ago
                OK - fine, agent, 0 sec ago""");
    }

    @Test
    void mentionsNobody() throws Exception {
        channel()
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL, "<!channel>", "a & b"),
                        details(),
                        Deliveries.NOW);

        assertThat(json(receiver.received().get(0)).path("text").asText())
                .isEqualTo("CRITICAL: HTTP &lt;!channel&gt; on &lt;!channel&gt;: a &amp; b");
    }
}
