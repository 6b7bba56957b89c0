package io.tidewatch.notifier.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.http.Answer;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.notifier.payload.ShortText;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Posts to the REST endpoint of VictorOps, which is Splunk On-Call now. The end of a problem that it was not told of appears in
 * its timeline, and closes nothing. Source: Splunk's "REST endpoint integration guide".
 */
final class VictorOpsChannel extends GuardedChannel {
    static final String ENDPOINT = "https://alert.victorops.com/integrations/generic/20131114/alert/";

    private static final int MOST_ENTITY_ID_CHARS = 512;
    private static final int MOST_NAME_CHARS = 255;
    private static final int MOST_MESSAGE_CHARS = 10_000;
    private static final int MOST_LINE_CHARS = 500;
    private static final int MOST_ZONES = 50;
    private static final Pattern FAILURE = Pattern.compile("\"result\"\\s*:\\s*\"failure\"");

    private final OutgoingHttp http;
    private final AlarmLinks links;
    private final String endpoint;

    /** @param endpoint what is followed by the key; other than {@link #ENDPOINT} in tests */
    VictorOpsChannel(OutgoingHttp http, AlarmLinks links, String endpoint) {
        this.http = http;
        this.links = links;
        this.endpoint = endpoint;
    }

    @Override
    public Merging merging() {
        return Merging.PROBLEMS;
    }

    @Override
    Attempt send(News news, ChannelDetails details, Instant now) {
        String key = details.text("api_key");
        Set<String> secrets = new HashSet<>(Set.of(key));
        StringBuilder url = new StringBuilder(endpoint).append(encoded(key));
        details.optionalText("routing_key").ifPresent(route -> {
            secrets.add(route);
            url.append('/').append(encoded(route));
        });
        HttpUrl target = ChannelDetails.url("api_key", url.toString());
        return http.send(
                JsonRequest.post(target, message(news), secrets).via(details.proxy()), VictorOpsChannel::judge);
    }

    private ObjectNode message(News news) {
        ObjectNode message = EventJson.MAPPER
                .createObjectNode()
                .put("message_type", type(news))
                .put("entity_id", news.incidentKey(MOST_ENTITY_ID_CHARS))
                .put("entity_display_name", ShortText.cut(news.headline(), MOST_NAME_CHARS))
                .put("state_message", ShortText.cut(lines(news), MOST_MESSAGE_CHARS))
                .put("state_start_time", news.delivery().getOpenedAt().getEpochSecond())
                .put("timestamp", news.at().getEpochSecond())
                .put("monitoring_tool", "Tidewatch");
        if (news instanceof Notice notice) {
            notice.acknowledgedBy().ifPresent(who -> message.put("ack_author", ShortText.line(who, MOST_NAME_CHARS)));
            notice.acknowledgementNote()
                    .ifPresent(note -> message.put("ack_msg", ShortText.cut(note, MOST_LINE_CHARS)));
        }
        return message;
    }

    private String lines(News news) {
        return String.join("\n", NoticeLines.of(news, links, MOST_ZONES, MOST_LINE_CHARS));
    }

    /** It opens no incident for INFO, and pages for CRITICAL; nobody should sleep through alarms that know nothing any more. */
    private static String type(News news) {
        return switch (news.kind()) {
            case PROBLEM, UPDATE, REMINDER ->
                switch (news.state()) {
                    case OK -> "INFO";
                    case WARNING -> "WARNING";
                    case UNKNOWN, CRITICAL -> "CRITICAL";
                };
            case ACKNOWLEDGED -> "ACKNOWLEDGEMENT";
            case RESOLVED, RECOVERED -> "RECOVERY";
            case TEST -> "INFO";
        };
    }

    /** It says 200 and that it failed. */
    private static Attempt judge(Answer answer, Instant now) {
        Attempt attempt = answer.judge(now);
        return attempt.result() == Result.CONFIRMED
                        && FAILURE.matcher(answer.body()).find()
                ? Attempt.of(Result.REFUSED, answer.reason())
                : attempt;
    }

    private static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
