package io.tidewatch.notifier.channel;

import static io.tidewatch.notifier.channel.HttpChannelContract.JSON;
import static io.tidewatch.notifier.channel.HttpChannelContract.LINKS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.addresses.AddressPolicy;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.http.OperatorProxy;
import io.tidewatch.notifier.http.OutgoingHttp;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Debian's Alertmanager gets our alerts, and what comes out of its own webhook is looked at. */
@Tag("counterparts")
final class AlertmanagerIT {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final AddressPolicy LOOPBACK = new AddressPolicy(List.of(Cidr.parse("127.0.0.0/8")), List.of());

    private final HttpReceiver behind = new HttpReceiver();
    private final OutgoingHttp http = new OutgoingHttp(LOOPBACK, OperatorProxy.NONE, WITHIN, Clock.systemUTC());
    private final HttpClient client = HttpClient.newHttpClient();
    private final Instant opened = Instant.now().truncatedTo(ChronoUnit.MILLIS).minusSeconds(5);
    private final int port = Counterpart.freePort();
    private final Counterpart alertmanager;

    AlertmanagerIT(@TempDir Path directory) throws IOException {
        Path configuration = directory.resolve("am.yml");
        Files.writeString(configuration, """
                route: {receiver: hook, group_by: [alarm], group_wait: 100ms, group_interval: 200ms, repeat_interval: 1h}
                receivers: [{name: hook, webhook_configs: [{url: "%s/hook"}]}]
                """.formatted(behind.url()));
        alertmanager = Counterpart.start(
                "prometheus-alertmanager",
                directory.resolve("am.log"),
                "/usr/bin/prometheus-alertmanager",
                "--config.file=" + configuration,
                "--storage.path=" + directory.resolve("am"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=");
    }

    @BeforeEach
    void awaitReady() {
        await().atMost(WITHIN).ignoreExceptions().until(() -> get("/-/ready").statusCode() == 200);
    }

    @AfterEach
    void close() {
        alertmanager.close();
        http.close();
        behind.close();
    }

    @Test
    void tellsItsReceiverOfAProblemAndOfItsEndOnceEach() throws Exception {
        assertThat(send(MessageKind.PROBLEM, State.WARNING)).isEqualTo(Attempt.confirmed());
        await().atMost(WITHIN).until(() -> behind.received().size() >= 1);
        assertThat(send(MessageKind.UPDATE, State.CRITICAL)).isEqualTo(Attempt.confirmed());
        assertThat(send(MessageKind.REMINDER, State.CRITICAL)).isEqualTo(Attempt.confirmed());
        JsonNode alerts = JSON.readTree(get("/api/v2/alerts").body());
        assertThat(send(MessageKind.RESOLVED, State.OK)).isEqualTo(Attempt.confirmed());
        await().atMost(WITHIN).until(() -> behind.received().size() >= 2);

        assertThat(alerts).hasSize(1);
        assertThat(alerts.get(0).at("/annotations/state").asText()).isEqualTo("CRITICAL");
        assertThat(alerts.get(0).at("/status/state").asText()).isEqualTo("active");
        assertThat(Instant.parse(alerts.get(0).path("startsAt").asText())).isEqualTo(opened);
        assertThat(told()).extracting(alert -> alert.path("status").asText()).containsExactly("firing", "resolved");
        assertThat(told())
                .extracting(alert -> alert.path("labels").toString())
                .containsOnly(
                        "{\"alarm\":\"al1\",\"alertname\":\"al1\",\"check\":\"ch1\",\"entity\":\"en1\",\"tenant\":\"ac1\"}");
    }

    @Test
    void refusesNothingThatWeSend() throws Exception {
        for (String text : ChannelContract.texts()) {
            Delivery delivery = now(Deliveries.of(MessageKind.PROBLEM, State.CRITICAL, text, text));

            assertThat(channel().send(delivery, details(), Instant.now())).isEqualTo(Attempt.confirmed());
        }
        assertThat(JSON.readTree(get("/api/v2/alerts").body())).isNotEmpty();
    }

    @Test
    void saysThatItIsTheWrongPath() {
        Attempt attempt = channel()
                .send(
                        now(Deliveries.of(MessageKind.PROBLEM, State.CRITICAL)),
                        new ChannelDetails(Map.of("urls", List.of("http://127.0.0.1:" + port + "/am"))),
                        Instant.now());

        assertThat(attempt.result()).isEqualTo(Result.REFUSED);
        assertThat(attempt.reason()).startsWith("http://127.0.0.1:" + port + ": status 404");
    }

    private Attempt send(MessageKind kind, State state) {
        return channel().send(now(Deliveries.of(kind, state)), details(), Instant.now());
    }

    private Channel channel() {
        return new AlertmanagerChannel(http, LINKS);
    }

    private ChannelDetails details() {
        return new ChannelDetails(Map.of("urls", List.of("http://127.0.0.1:" + port)));
    }

    /** Alertmanager looks at the time. */
    private Delivery now(Delivery delivery) {
        delivery.setOpenedAt(opened);
        delivery.getEvent().setTimestamp(opened.plusSeconds(1));
        return delivery;
    }

    private List<JsonNode> told() {
        return behind.received().stream()
                .map(request -> {
                    try {
                        return JSON.readTree(request.body()).path("alerts").get(0);
                    } catch (IOException e) {
                        throw new AssertionError(request.body(), e);
                    }
                })
                .toList();
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
