package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies and headers of users. */
final class CustomChannelTest extends HttpChannelContract {
    private static final String BODY = """
            {"key":"{{alarm.id}}-{{incident.number}}","action":"{{incident.kind}}",
            "text":"{{details.state}}: {{check.label}} on {{entity.label}}: {{details.status}}","priority":1}""";

    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new CustomChannel(over);
    }

    @Override
    Map<String, Object> details(String base) {
        return details(base, BODY, Map.of("Authorization", "Bearer s3cret-token", "X-Key", "s3cret-key"));
    }

    private static Map<String, Object> details(String base, String body, Map<String, String> headers) {
        return Map.of("url", base + "/in/s3cret-path", "method", "PUT", "headers", headers, "body", body);
    }

    @Override
    Told read(Received request) throws Exception {
        assertThat(request.method()).isEqualTo("PUT");
        assertThat(request.headers())
                .containsEntry("Authorization", "Bearer s3cret-token")
                .containsEntry("X-Key", "s3cret-key");
        JsonNode body = json(request);
        // A text that is too long for the template comes in the usual form.
        boolean usual = body.has("tidewatch_template_error");
        String kind =
                usual ? body.at("/incident/kind").asText() : body.path("action").asText();
        return new Told(
                usual ? "al1-3" : body.path("key").asText(),
                Told.kind(MessageKind.valueOf(kind.toUpperCase(Locale.ROOT))),
                request.body());
    }

    @Test
    void rendersTheTextsOfTheBody() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(json(receiver.received().get(0))).isEqualTo(JSON.readTree("""
                        {"key":"al1-3","action":"problem","text":"CRITICAL: HTTP on web1: code=500,rt=0.257s","priority":1}"""));
    }

    @Test
    void sendsTheUsualBodyWhenATemplateIsFaulty() throws Exception {
        Attempt attempt = sendWith("{\"a\":\"{{#nothing}}x{{/nothing}}\"}", Map.of());

        JsonNode body = json(receiver.received().get(0));
        assertThat(attempt.result()).isEqualTo(Result.CONFIRMED);
        assertThat(attempt.reason()).startsWith("sent in the usual form: The template is faulty: ");
        assertThat(body.path("event_id").asText()).isEqualTo("ac1:en1:al1:ch1:1796040000000:CRITICAL");
        assertThat(body.path("tidewatch_template_error").asText())
                .startsWith("The template is faulty: ")
                .contains("nothing");
    }

    @Test
    void sendsTheUsualBodyWhenTheBodyIsNotJson() throws Exception {
        assertThat(sendWith("{\"a\":", Map.of()).reason())
                .startsWith("sent in the usual form: The template is not JSON");

        assertThat(json(receiver.received().get(0))
                        .path("tidewatch_template_error")
                        .asText())
                .startsWith("The template is not JSON");
    }

    @Test
    void keepsHeadersThatSayHowItIsCarried() {
        sendWith(
                "{}",
                Map.of(
                        "host", "evil.example",
                        "CONTENT-LENGTH", "1",
                        "Transfer-Encoding", "chunked",
                        "Webhook-Signature", "v1,forged",
                        "content-type", "application/vnd.x+json"));

        assertThat(receiver.received().get(0).headers())
                .containsEntry("Content-Length", "2")
                .containsEntry("Content-Type", "application/vnd.x+json")
                .doesNotContainKeys("Transfer-Encoding", "Webhook-Signature")
                .doesNotContainValue("evil.example");
    }

    @Test
    void refusesHeadersThatAreNone() {
        assertThat(sendWith("{}", Map.of("X-A", "s3cret\r\nX-Injected: yes")))
                .isEqualTo(Attempt.of(Result.REFUSED, "its header X-A has characters that no header has"));
        assertThat(sendWith("{}", Map.of("X A: s3cret", "b")))
                .isEqualTo(Attempt.of(Result.REFUSED, "its headers have a name with characters that no name has"));
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void refusesAnotherMethod() {
        Attempt attempt = channel()
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                        new ChannelDetails(Map.of("url", receiver.url(), "method", "DELETE", "body", "{}")),
                        Deliveries.NOW);

        assertThat(attempt).isEqualTo(Attempt.of(Result.REFUSED, "its method is neither POST nor PUT"));
    }

    private Attempt sendWith(String body, Map<String, String> headers) {
        return channel()
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                        new ChannelDetails(details(receiver.url(), body, headers)),
                        Deliveries.NOW);
    }
}
