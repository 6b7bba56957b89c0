package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The webhook: Rackspace's payload and token, and the signature of Standard Webhooks. */
final class WebhookChannelTest extends HttpChannelContract {
    private static final String SECRET = "whsec_"
            + Base64.getEncoder().encodeToString("s3cret-key-of-24-bytes..".getBytes(StandardCharsets.US_ASCII));

    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new WebhookChannel(over);
    }

    @Override
    Map<String, Object> details(String base) {
        return Map.of("url", base + "/hooks/s3cret-path?key=s3cret", "token", "s3cret-token", "signing_secret", SECRET);
    }

    @Override
    Told read(Received request) throws Exception {
        JsonNode body = json(request);
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/hooks/s3cret-path?key=s3cret");
        assertThat(request.headers())
                .containsEntry("x-rackspace-webhook-token", "s3cret-token")
                .containsEntry("webhook-id", body.path("delivery_id").asText())
                .containsEntry("webhook-timestamp", Long.toString(Deliveries.NOW.getEpochSecond()));
        return new Told(
                body.path("incident").path("number").toString(),
                Told.kind(MessageKind.valueOf(
                        body.path("incident").path("kind").asText().toUpperCase(Locale.ROOT))),
                request.body());
    }

    @Test
    void hasRackspacesPayload() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(json(receiver.received().get(0))).isEqualTo(JSON.readTree("""
                {"event_id":"ac1:en1:al1:ch1:1796040000000:CRITICAL","log_entry_id":"ac1:en1:al1:ch1:1796040000000:CRITICAL",
                "tenant_id":"ac1",
                "details":{"target":"192.0.2.7","timestamp":1796040000000,"state":"CRITICAL","previous_state":"OK",
                "status":"code=500,rt=0.257s","txn_id":"d-PROBLEM-CRITICAL","collector_address_v4":null,"collector_address_v6":null,
                "metrics":{"bytes":{"type":"l","data":9007199254740993,"unit":"bytes"},
                "code":{"type":"s","data":"500","unit":"unknown"},
                "duration":{"type":"n","data":0.25,"unit":"seconds"},
                "lost":{"type":"n","data":null,"unit":"unknown"},
                "up":{"type":"s","data":"true","unit":"unknown"}},
                "observations":[
                {"monitoring_zone_id":"mzdfw","state":"CRITICAL","status":"code=500,rt=0.257s","timestamp":1796039988000,"collectorState":"UP"},
                {"monitoring_zone_id":null,"state":"OK","status":"fine","timestamp":1796040000000,"collectorState":"UP"}]},
                "entity":{"id":"en1","label":"web1","ip_addresses":{"default":"192.0.2.7"}},
                "check":{"id":"ch1","label":"HTTP","type":"remote.http","target_alias":"default","target_hostname":null},
                "alarm":{"id":"al1","label":"Status","check_id":"ch1"},
                "incident":{"number":3,"kind":"problem","opened_at":1796039880000},
                "delivery_id":"d-PROBLEM-CRITICAL"}"""));
    }

    @Test
    void isVerifiedByTheLibraryOfStandardWebhooks() throws Exception {
        channel().send(Deliveries.of(MessageKind.PROBLEM, State.CRITICAL, HOSTILE, HOSTILE), details(), Instant.now());

        Received request = receiver.received().get(0);
        Map<String, List<String>> headers = new HashMap<>();
        request.headers().forEach((name, value) -> headers.put(name.toLowerCase(Locale.ROOT), List.of(value)));
        assertThatCode(() -> new Webhook(SECRET).verify(request.body(), headers))
                .doesNotThrowAnyException();
    }

    @Test
    void signsNothingWithoutASecret() {
        channel()
                .send(
                        Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                        new ChannelDetails(Map.of("url", receiver.url())),
                        Deliveries.NOW);

        assertThat(receiver.received().get(0).headers())
                .containsKeys("webhook-id", "webhook-timestamp")
                .doesNotContainKeys("webhook-signature", "x-rackspace-webhook-token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"whsec_", "whsec_s3cret?", "s3cret!"})
    void refusesASigningSecretThatIsNone(String secret) {
        assertRefused(
                Map.of("url", receiver.url(), "signing_secret", secret),
                "its signing_secret is not whsec_ and a key in base64");
    }

    @ParameterizedTest
    @ValueSource(strings = {"s3cret\r\nX-Injected: yes", "s3cret\n", "s3crét"})
    void refusesATokenThatNoHeaderHas(String token) {
        assertRefused(
                Map.of("url", receiver.url(), "token", token),
                "its header x-rackspace-webhook-token has characters that no header has");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://s3cret/", "s3cret", "http://s3cret@host/", "http://:s3cret"})
    void refusesAUrlThatIsNone(String url) {
        assertRefused(Map.of("url", url), "its url is not a URL");
    }

    private void assertRefused(Map<String, Object> details, String reason) {
        assertThat(channel()
                        .send(
                                Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                                new ChannelDetails(details),
                                Deliveries.NOW))
                .isEqualTo(Attempt.of(Result.REFUSED, reason));
        assertThat(receiver.received()).isEmpty();
    }

    @Test
    void saysWhoTakesCareInAnAcknowledgementAlone() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);
        send(MessageKind.ACKNOWLEDGED, State.CRITICAL);

        assertThat(json(receiver.received().get(0)).at("/incident").has("acknowledgement"))
                .isFalse();
        assertThat(json(receiver.received().get(1))
                        .at("/incident/acknowledgement")
                        .toString())
                .isEqualTo("""
                        {"who":"jo","note":"restarting it","at":1796040000000,"sticky":true,"until":1796043600000}""");
    }
}
