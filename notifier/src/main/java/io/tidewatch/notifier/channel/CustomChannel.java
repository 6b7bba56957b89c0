package io.tidewatch.notifier.channel;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.http.HttpMethod;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.notifier.template.CustomBody;
import io.tidewatch.notifier.template.TemplateFaultException;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Sends a body that the notification's owner wrote, with headers of theirs. A fault in the body's templates does not keep the
 * message from going out: it goes in the form of {@link EventJson}, and says so.
 */
final class CustomChannel extends MachineChannel {
    private static final String TEMPLATE_ERROR = "tidewatch_template_error";

    /** Those that say how the request is carried, and those of Standard Webhooks, which would be taken for a signature. */
    private static final Set<String> RESERVED = Set.of(
            "host",
            "content-length",
            "transfer-encoding",
            "connection",
            "expect",
            "upgrade",
            "te",
            "trailer",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "webhook-id",
            "webhook-timestamp",
            "webhook-signature");

    private final OutgoingHttp http;

    CustomChannel(OutgoingHttp http) {
        this.http = http;
    }

    @Override
    Attempt send(Notice notice, ChannelDetails details, Instant now) {
        HttpUrl url = details.url("url");
        HttpMethod method = method(details.optionalText("method").orElse("POST"));
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(details.pairs("headers"));
        headers.keySet().removeIf(name -> RESERVED.contains(name.toLowerCase(Locale.ROOT)));
        ObjectNode event = EventJson.of(notice);
        Optional<String> fault = Optional.empty();
        String body;
        try {
            body = CustomBody.parse(details.text("body")).render(event);
        } catch (TemplateFaultException e) {
            fault = Optional.of("The template " + e.reason());
            body = EventJson.text(event.put(TEMPLATE_ERROR, fault.get()));
        }
        Attempt attempt = http.send(JsonRequest.of(method, url, headers, body, Set.copyOf(headers.values()))
                .via(details.proxy()));
        return fault.map(said -> told(attempt, said)).orElse(attempt);
    }

    /** Its owner sees the fault in the history, and does not have to ask the receiver. */
    private static Attempt told(Attempt attempt, String fault) {
        String sent = "sent in the usual form: " + fault;
        return attempt.because(attempt.reason().isEmpty() ? sent : attempt.reason() + "; " + sent);
    }

    private static HttpMethod method(String name) {
        return switch (name) {
            case "POST" -> HttpMethod.POST;
            case "PUT" -> HttpMethod.PUT;
            default -> throw new UnfitDetailsException("method", "is neither POST nor PUT");
        };
    }
}
