package io.tidewatch.notifier.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.notifier.payload.ShortText;
import io.tidewatch.schema.MessageKind;
import java.time.Instant;
import java.util.Set;

/**
 * Posts an Adaptive Card to a workflow of Microsoft Teams. What is confirmed is that the workflow has it, not that it was shown.
 * Source: Alertmanager's {@code notify/msteamsv2/msteamsv2.go}.
 */
final class TeamsChannel extends GuardedChannel {
    /** A message may have 28 KB, and these many texts of these lengths stay below 20 even in Chinese. */
    private static final int MOST_HEADLINE_CHARS = 500;

    private static final int MOST_LINE_CHARS = 250;
    private static final int MOST_ZONES = 12;

    private final OutgoingHttp http;
    private final AlarmLinks links;

    TeamsChannel(OutgoingHttp http, AlarmLinks links) {
        this.http = http;
        this.links = links;
    }

    @Override
    public Merging merging() {
        return Merging.ANY;
    }

    @Override
    Attempt send(News news, ChannelDetails details, Instant now) {
        HttpUrl url = details.url("url");
        return http.send(JsonRequest.post(url, message(news), Set.of()).via(details.proxy()));
    }

    private ObjectNode message(News news) {
        ObjectNode message = EventJson.MAPPER.createObjectNode().put("type", "message");
        ObjectNode card = message.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putNull("contentUrl")
                .putObject("content")
                .put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.2");
        ArrayNode body = card.putArray("body");
        text(body, ShortText.cut(news.headline(), MOST_HEADLINE_CHARS))
                .put("weight", "Bolder")
                .put("size", "Medium")
                .put("color", color(news));
        NoticeLines.of(news, links, MOST_ZONES, MOST_LINE_CHARS).forEach(line -> text(body, line));
        card.putObject("msteams").put("width", "full");
        return message;
    }

    /** Texts are Markdown there; in ours, nothing becomes a link that hides where it goes. */
    private static ObjectNode text(ArrayNode body, String text) {
        return body.addObject()
                .put("type", "TextBlock")
                .put("text", text.replace("](", "] ("))
                .put("wrap", true);
    }

    private static String color(News news) {
        if (news.kind() == MessageKind.TEST) {
            return "Accent";
        }
        return switch (news.state()) {
            case OK -> "Good";
            case WARNING -> "Warning";
            case UNKNOWN -> "Accent";
            case CRITICAL -> "Attention";
        };
    }
}
