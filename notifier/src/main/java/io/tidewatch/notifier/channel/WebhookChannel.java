package io.tidewatch.notifier.channel;

import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.http.HttpMethod;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.Notice;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Posts what {@link EventJson} says, with the token of Rackspace's webhooks, and with the signature of Standard Webhooks. */
final class WebhookChannel extends MachineChannel {
    private static final String TOKEN_HEADER = "x-rackspace-webhook-token";

    private final OutgoingHttp http;

    WebhookChannel(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    Attempt send(Notice notice, ChannelDetails details, Instant now) {
        HttpUrl url = details.url("url");
        Optional<String> token = details.optionalText("token");
        Optional<String> signingSecret = details.optionalText("signing_secret");
        String body = EventJson.text(EventJson.of(notice));
        Map<String, String> headers =
                WebhookSignature.headers(signingSecret, notice.delivery().getDeliveryId(), now, body);
        Set<String> secrets = new HashSet<>(headers.values());
        // The id and the time are none, but for the signature.
        secrets.removeIf(value -> !value.startsWith("v1,"));
        token.ifPresent(value -> headers.put(TOKEN_HEADER, value));
        token.ifPresent(secrets::add);
        signingSecret.ifPresent(secrets::add);
        return http.send(
                JsonRequest.of(HttpMethod.POST, url, headers, body, secrets).via(details.proxy()));
    }
}
