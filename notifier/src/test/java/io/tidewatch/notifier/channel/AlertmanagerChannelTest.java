package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.notifier.channel.HttpReceiver.Received;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Alertmanager's API v2. */
final class AlertmanagerChannelTest extends HttpChannelContract {
    @Override
    Channel channel(OutgoingHttp over, String base) {
        return new AlertmanagerChannel(over, LINKS);
    }

    @Override
    Map<String, Object> details(String base) {
        return details(List.of(base + "/am/"));
    }

    private static Map<String, Object> details(List<String> urls) {
        return Map.of("urls", urls, "user", "tidewatch", "password", "s3cret-password");
    }

    @Override
    Told read(Received request) throws Exception {
        assertThat(request.path()).isEqualTo("/am/api/v2/alerts");
        assertThat(request.headers()).containsEntry("Authorization", "Basic dGlkZXdhdGNoOnMzY3JldC1wYXNzd29yZA==");
        assertThat(json(request).isArray()).isTrue();
        assertThat(json(request)).hasSize(1);
        JsonNode alert = json(request).get(0);
        alert.path("labels")
                .fieldNames()
                .forEachRemaining(name -> assertThat(name).matches("[a-zA-Z_][a-zA-Z0-9_]*"));
        Instant end = Instant.parse(alert.path("endsAt").asText());
        assertThat(end).isAfterOrEqualTo(Instant.parse(alert.path("startsAt").asText()));
        return new Told(
                alert.path("labels").toString(),
                end.isAfter(Deliveries.NOW) ? "problem" : "resolved",
                alert.path("annotations").toString());
    }

    @Test
    void burnsForFiveMinutesAndEndsWhenItHasEnded() throws Exception {
        send(MessageKind.PROBLEM, State.CRITICAL);
        send(MessageKind.RESOLVED, State.OK);

        JsonNode burning = json(receiver.received().get(0)).get(0);
        assertThat(burning.path("startsAt").asText()).isEqualTo("2026-11-30T11:58:00Z");
        assertThat(burning.path("endsAt").asText()).isEqualTo("2026-11-30T12:05:10Z");
        assertThat(burning.path("labels"))
                .isEqualTo(
                        JSON.readTree(
                                "{\"alertname\":\"al1\",\"tenant\":\"ac1\",\"entity\":\"en1\",\"check\":\"ch1\",\"alarm\":\"al1\"}"));
        assertThat(json(receiver.received().get(1)).get(0).path("endsAt").asText())
                .isEqualTo("2026-11-30T12:00:00Z");
    }

    @Test
    void endsNoAlertBeforeItBegins() throws Exception {
        Delivery delivery = Deliveries.of(MessageKind.RESOLVED, State.OK);
        delivery.setOpenedAt(Deliveries.AT.plusSeconds(5));

        channel().send(delivery, details(), Deliveries.NOW);

        assertThat(json(receiver.received().get(0)).get(0).path("endsAt").asText())
                .isEqualTo("2026-11-30T12:00:05Z");
    }

    @ParameterizedTest
    @CsvSource({
        "200, 200, CONFIRMED",
        "200, 503, UNKNOWN",
        "400, 503, NOT_RECEIVED",
        "400, 200, REFUSED",
        "503, 503, NOT_RECEIVED",
        "500, 400, UNKNOWN",
    })
    void countsTheWorstOfAllReplicas(int first, int second, Result result) {
        try (HttpReceiver other = new HttpReceiver()) {
            receiver.answer(first, Map.of(), "");
            other.answer(second, Map.of("Retry-After", "7"), "");

            Attempt attempt = channel()
                    .send(
                            Deliveries.of(MessageKind.PROBLEM, State.CRITICAL),
                            new ChannelDetails(details(List.of(receiver.url(), other.url()))),
                            Deliveries.NOW);

            assertThat(attempt.result()).isEqualTo(result);
            assertThat(receiver.received()).hasSize(1);
            assertThat(other.received()).hasSize(1);
            assertThat(attempt.reason().contains(other.url() + ": status " + second))
                    .isEqualTo(second != 200);
            assertThat(attempt.notBefore().isPresent()).isEqualTo(second == 503);
        }
    }
}
