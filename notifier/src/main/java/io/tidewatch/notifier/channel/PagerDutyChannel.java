package io.tidewatch.notifier.channel;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.DigestNotice;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.notifier.payload.ShortText;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.ZoneObservation;
import java.time.Instant;
import java.util.Set;

/**
 * Enqueues events of PagerDuty's API v2. Another state of a problem, and a reminder, trigger the same alert again. The end of a
 * problem that PagerDuty was not told of is confirmed without a request: there is nothing to resolve there. A test triggers an
 * alert and resolves it. Source: PagerDuty's {@code docs/events-API-v2}.
 */
final class PagerDutyChannel extends GuardedChannel {
    static final String ENDPOINT = "https://events.pagerduty.com/v2/enqueue";

    private static final int MOST_DEDUP_KEY_CHARS = 255;
    private static final int MOST_SUMMARY_CHARS = 1024;
    private static final int MOST_FIELD_CHARS = 1024;

    /** A request may have 512 KB. */
    private static final int MOST_ZONES = 50;

    private static final int MOST_ALARMS = 50;

    private final OutgoingHttp http;
    private final AlarmLinks links;

    PagerDutyChannel(OutgoingHttp http, AlarmLinks links) {
        this.http = http;
        this.links = links;
    }

    @Override
    public Merging merging() {
        return Merging.PROBLEMS;
    }

    @Override
    Attempt send(News news, ChannelDetails details, Instant now) {
        HttpUrl endpoint = ChannelDetails.url(
                "service_endpoint", details.optionalText("service_endpoint").orElse(ENDPOINT));
        String key = details.text("service_key");
        return switch (news.kind()) {
            case PROBLEM, UPDATE, REMINDER -> post(details, endpoint, key, trigger(news));
            case ACKNOWLEDGED -> post(details, endpoint, key, action("acknowledge", news));
            case RESOLVED -> post(details, endpoint, key, action("resolve", news));
            case RECOVERED -> Attempt.confirmed();
            case TEST -> {
                Attempt triggered = post(details, endpoint, key, trigger(news));
                yield triggered.result() == Result.CONFIRMED
                        ? post(details, endpoint, key, action("resolve", news))
                        : triggered;
            }
        };
    }

    private Attempt post(ChannelDetails details, HttpUrl endpoint, String key, ObjectNode event) {
        return http.send(JsonRequest.post(endpoint, event.put("routing_key", key), Set.of(key))
                .via(details.proxy()));
    }

    private static ObjectNode action(String action, News news) {
        return EventJson.MAPPER
                .createObjectNode()
                .put("event_action", action)
                .put("dedup_key", news.incidentKey(MOST_DEDUP_KEY_CHARS));
    }

    private ObjectNode trigger(News news) {
        ObjectNode event = action("trigger", news).put("client", "Tidewatch");
        ObjectNode payload = event.putObject("payload")
                .put("summary", ShortText.line(news.summary(), MOST_SUMMARY_CHARS))
                .put("severity", severity(news))
                .put("timestamp", news.at().toString());
        if (news instanceof Notice notice) {
            links.to(notice).ifPresent(link -> event.put("client_url", link));
            payload.put("source", ShortText.line(notice.entityLabel(), MOST_FIELD_CHARS))
                    .put("component", ShortText.line(notice.checkLabel(), MOST_FIELD_CHARS))
                    .put("class", ShortText.line(notice.checkType(), MOST_FIELD_CHARS))
                    .set("custom_details", customDetails(notice));
        } else {
            DigestNotice digest = (DigestNotice) news;
            payload.put("source", digest.digest().getEntities() + " entities")
                    .set("custom_details", customDetails(digest));
        }
        return event;
    }

    private static String severity(News news) {
        if (news.kind() == MessageKind.TEST) {
            return "info";
        }
        return switch (news.state()) {
            case OK -> "info";
            case WARNING -> "warning";
            case UNKNOWN -> "error";
            case CRITICAL -> "critical";
        };
    }

    private static ObjectNode customDetails(DigestNotice digest) {
        ObjectNode details = EventJson.MAPPER
                .createObjectNode()
                .put("alarms", digest.digest().getAlarms())
                .put("entities", digest.digest().getEntities());
        ArrayNode lines = details.putArray("named");
        digest.lines(MOST_ALARMS, MOST_FIELD_CHARS).forEach(lines::add);
        return details;
    }

    private static ObjectNode customDetails(Notice notice) {
        ObjectNode details = EventJson.MAPPER
                .createObjectNode()
                .put("alarm", ShortText.cut(notice.alarmLabel(), MOST_FIELD_CHARS))
                .put("status", ShortText.cut(notice.event().getStatus(), MOST_FIELD_CHARS))
                .put("incident", notice.delivery().getIncident())
                .put("event_id", notice.event().getEventId());
        ArrayNode zones = details.putArray("zones");
        notice.event().getObservations().stream().limit(MOST_ZONES).forEach(seen -> zones.add(zone(seen)));
        return details;
    }

    private static String zone(ZoneObservation seen) {
        return ShortText.line(
                (seen.getZoneId() == null ? "agent" : seen.getZoneId()) + ": " + seen.getState() + " - "
                        + seen.getStatus(),
                MOST_FIELD_CHARS);
    }
}
