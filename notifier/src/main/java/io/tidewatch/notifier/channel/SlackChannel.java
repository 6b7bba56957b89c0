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
 * Posts to an incoming webhook of Slack, or of what understands the same: the text is always there for those that read no
 * blocks. What the blocks show is plain text; in the text, nothing is a mention or a link. Source: Slack's reference of blocks,
 * for the lengths.
 */
final class SlackChannel extends GuardedChannel {
    private static final int MOST_TEXT_CHARS = 3000;
    private static final int MOST_HEADER_CHARS = 150;
    private static final int MOST_LINE_CHARS = 300;
    private static final int MOST_ZONES = 12;

    private final OutgoingHttp http;
    private final AlarmLinks links;

    SlackChannel(OutgoingHttp http, AlarmLinks links) {
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
        ObjectNode message = EventJson.MAPPER.createObjectNode().put("text", text(news));
        ObjectNode attachment = message.putArray("attachments").addObject().put("color", color(news));
        ArrayNode blocks = attachment.putArray("blocks");
        addBlock(blocks, "header", news.headline(), MOST_HEADER_CHARS);
        addBlock(
                blocks,
                "section",
                String.join("\n", NoticeLines.of(news, links, MOST_ZONES, MOST_LINE_CHARS)),
                MOST_TEXT_CHARS);
        return http.send(JsonRequest.post(url, message, Set.of()).via(details.proxy()));
    }

    private static void addBlock(ArrayNode blocks, String type, String text, int most) {
        blocks.addObject()
                .put("type", type)
                .putObject("text")
                .put("type", "plain_text")
                .put("emoji", false)
                .put("text", ShortText.cut(text, most));
    }

    /** Cut before it is escaped, so that no escape is cut. */
    private static String text(News news) {
        return ShortText.line(news.summary(), MOST_TEXT_CHARS)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;");
    }

    private static String color(News news) {
        if (news.kind() == MessageKind.TEST) {
            return "#808080";
        }
        return switch (news.state()) {
            case OK -> "good";
            case WARNING -> "warning";
            case UNKNOWN -> "#808080";
            case CRITICAL -> "danger";
        };
    }
}
