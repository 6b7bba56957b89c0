package io.tidewatch.notifier.channel;

import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.http.HttpMethod;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.Notice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Posts a CloudEvent in binary mode: its attributes are headers, and its data is what {@link EventJson} says. */
final class CloudEventsChannel extends MachineChannel {
    private final OutgoingHttp http;
    private final AlarmLinks links;

    CloudEventsChannel(OutgoingHttp http, AlarmLinks links) {
        this.http = http;
        this.links = links;
    }

    @Override
    Attempt send(Notice notice, ChannelDetails details, Instant now) {
        HttpUrl url = details.url("url");
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("ce-specversion", "1.0");
        attributes.put("ce-id", notice.delivery().getDeliveryId());
        attributes.put("ce-source", links.tenant(notice));
        attributes.put("ce-type", "io.tidewatch.alarm." + notice.kind().name().toLowerCase(Locale.ROOT));
        attributes.put("ce-subject", AlarmLinks.alarm(notice));
        attributes.put(
                "ce-time", DateTimeFormatter.ISO_INSTANT.format(notice.event().getTimestamp()));
        attributes.replaceAll((name, value) -> encoded(value));
        return http.send(
                JsonRequest.of(HttpMethod.POST, url, attributes, EventJson.text(EventJson.of(notice)), Set.of())
                        .via(details.proxy()));
    }

    /** Source: CloudEvents' HTTP protocol binding 1.0, 3.1.3.2. */
    private static String encoded(String value) {
        StringBuilder encoded = new StringBuilder();
        for (byte unit : value.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = unit > ' ' && unit < 127 && unit != '"' && unit != '%';
            encoded.append(plain ? Character.toString(unit) : String.format(Locale.ROOT, "%%%02X", unit));
        }
        return encoded.toString();
    }
}
