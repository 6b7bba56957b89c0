package io.tidewatch.system.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.notifier.NotifierMain;
import io.tidewatch.schema.State;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.system.installation.PartProcess;
import io.tidewatch.system.servers.SharedServers;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Through a gateway, Kafka and a notifier: somebody takes care of a problem, and somebody tries a notification. */
@ExtendWith(SharedServers.class)
@TestInstance(Lifecycle.PER_CLASS)
final class TakingCareIT {
    private static final String TENANT = "care";
    private static final String ALARM = TENANT + "/en1/al1";
    private static final String PAGER = "/pager/202";
    private static final String HOOK = "/hook/204";
    private static final String BROKEN = "/broken/404";
    private static final Duration READY = Duration.ofSeconds(90);
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private Inbox inbox;
    private AlertTopics topics;
    private GatewayApp gateway;
    private PartProcess notifier;

    @BeforeAll
    void start(KafkaSettings kafka, @TempDir Path directory) throws Exception {
        inbox = new Inbox();
        topics = new AlertTopics(kafka);
        configure();
        Map<String, String> settings = NotifierProcess.settings(kafka, directory);
        notifier = new PartProcess(NotifierMain.class, directory, settings);
        gateway = new GatewayApp(
                Settings.of(
                        GatewayConfig.DEFINITION,
                        Map.of(
                                KafkaSettings.BOOTSTRAP_SERVERS,
                                kafka.bootstrapServers(),
                                KafkaSettings.REGISTRY_URL,
                                kafka.registryUrl(),
                                KafkaSettings.TOPIC_PREFIX,
                                kafka.topics().prefix(),
                                GatewayConfig.HTTP_PORT,
                                "0",
                                SecretBox.KEYS,
                                settings.get(SecretBox.KEYS))),
                Clock.systemUTC());
        gateway.start();
        gateway.awaitReady(READY);
        await().atMost(READY).until(notifier::isReady);
    }

    @AfterAll
    void stop() {
        Stream.of(gateway, notifier, topics, inbox).forEach(TakingCareIT::close);
    }

    private void configure() {
        topics.notification(
                TENANT,
                "ntpager",
                "pagerduty",
                Map.of("service_endpoint", inbox.url(PAGER)),
                Map.of("service_key", "0123456789abcdef0123456789abcdef"),
                NotifierProcess.secrets());
        topics.notification(
                TENANT, "nthook", "webhook", Map.of(), Map.of("url", inbox.url(HOOK)), NotifierProcess.secrets());
        topics.plan(TENANT, List.of("ntpager"));
        topics.alarm(ALARM);
        topics.flush();
    }

    @Test
    void whoeverTakesCareIsLeftAloneUntilTheProblemIsOver() throws Exception {
        topics.transition(ALARM, State.OK, State.WARNING, 1).get();
        awaitIncident("/receivers/0/told/state", "WARNING");

        HttpResponse<String> acknowledged = post("/incidents/en1:al1:1/acknowledge", """
                {"sticky": true, "who": "jo", "note": "restarting it"}""");
        assertThat(acknowledged.statusCode()).as(acknowledged.body()).isEqualTo(202);
        awaitIncident("/receivers/0/told/acknowledged", "true");
        assertThat(incident().at("/acknowledgement/who").asText()).isEqualTo("jo");
        assertThat(pages()).containsExactly("trigger", "acknowledge");

        topics.transition(ALARM, State.WARNING, State.CRITICAL, 2).get();
        awaitIncident("/receivers/0/withheld/reason", "acknowledged by jo");
        assertThat(pages()).hasSize(2);

        topics.transition(ALARM, State.CRITICAL, State.OK, 3).get();
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(pages()).containsExactly("trigger", "acknowledge", "resolve"));
        assertThat(inbox.bodies(PAGER).stream()
                        .map(page -> page.path("dedup_key").asText()))
                .as("all of one incident")
                .containsOnly(TENANT + "/en1/al1/1");
        awaitIncident("/state", "OK");
        assertThat(get("/incidents").path("values")).isEmpty();
        assertThat(post("/incidents/en1:al1:1/acknowledge", "").statusCode()).isEqualTo(409);
    }

    @Test
    void whoeverTriesANotificationHearsWhatTheReceiverSaid() throws Exception {
        JsonNode stored = JSON.readTree(post("/notifications/nthook/test", "").body());
        JsonNode given = JSON.readTree(post("/test-notification", webhook(HOOK)).body());
        JsonNode broken =
                JSON.readTree(post("/test-notification", webhook(BROKEN)).body());

        assertThat(stored.path("status").asText()).as(stored.toString()).isEqualTo("success");
        assertThat(given.path("status").asText()).as(given.toString()).isEqualTo("success");
        assertThat(broken.path("status").asText()).as(broken.toString()).isEqualTo("failed");
        assertThat(broken.path("message").asText()).contains("404");
        assertThat(inbox.bodies(HOOK))
                .extracting(body -> body.at("/incident/kind").asText())
                .containsExactly("test", "test");
        assertThat(inbox.bodies(HOOK))
                .extracting(body -> body.path("delivery_id").asText())
                .containsExactly(
                        stored.path("delivery_id").asText(),
                        given.path("delivery_id").asText());
        assertThat(inbox.bodies(BROKEN)).as("tried once").hasSize(1);
    }

    private String webhook(String path) {
        return "{\"type\": \"webhook\", \"details\": {\"url\": \"" + inbox.url(path) + "\"}}";
    }

    private List<String> pages() {
        return inbox.bodies(PAGER).stream()
                .map(page -> page.path("event_action").asText())
                .toList();
    }

    private void awaitIncident(String pointer, String value) {
        await().atMost(WITHIN)
                .untilAsserted(() -> assertThat(incident().at(pointer).asText())
                        .as(incident().toString())
                        .isEqualTo(value));
    }

    private JsonNode incident() throws Exception {
        return get("/incidents?state=all").at("/values/0");
    }

    private JsonNode get(String path) throws Exception {
        return JSON.readTree(send(request(path)).body());
    }

    private HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1.0/" + TENANT + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private static void close(AutoCloseable closed) {
        try {
            closed.close();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
