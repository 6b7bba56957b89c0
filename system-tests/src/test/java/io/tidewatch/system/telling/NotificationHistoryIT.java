package io.tidewatch.system.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.topics.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the notifier has written down comes out of the API: through the sink, Cassandra and the gateway. */
@ExtendWith(SharedServers.class)
final class NotificationHistoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final Instant at = Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MILLIS);
    private final String eventId = "acme:en1:al1:ch1:" + at.toEpochMilli() + ":CRITICAL";
    private final String keyspace = "history_" + UUID.randomUUID().toString().substring(0, 8);
    private EmbeddedServers servers;
    private KafkaSettings kafka;
    private StreamsApp sink;
    private GatewayApp gateway;

    @BeforeEach
    void start(@TempDir Path directory, EmbeddedServers shared, KafkaSettings topics) {
        servers = shared;
        kafka = topics;
        sink = new StreamsApp(
                settings(
                        StreamsAppConfig.definition(),
                        Map.of(StreamsAppConfig.APPLICATIONS, "sink", RuntimeSettings.STATE_DIR, directory.toString())),
                Clock.systemUTC());
        gateway = new GatewayApp(
                settings(
                        GatewayConfig.DEFINITION,
                        Map.of(GatewayConfig.HTTP_HOST, "127.0.0.1", GatewayConfig.HTTP_PORT, "0")),
                Clock.systemUTC());
        sink.start();
        gateway.start();
        gateway.awaitReady(PATIENCE);
    }

    @AfterEach
    void stop() {
        gateway.close();
        sink.close();
        try (CqlSession session = servers.cassandra().session()) {
            session.execute("DROP KEYSPACE " + keyspace);
        }
    }

    @Test
    void showsWhatBecameOfEachMessage() throws Exception {
        DeliveryAttempt failed = attempt(1, AttemptResult.NOT_RECEIVED, "503");
        DeliveryAttempt ofNoAlarm = attempt(1, AttemptResult.CONFIRMED, "");
        ofNoAlarm.setAlarmId("");
        DeliveryAttempt withheld = attempt(0, AttemptResult.SUPPRESSED, "suppression sp1");
        withheld.setNotificationId("nt2");
        withheld.setDeliveryId(eventId + ":nt2");
        withheld.setKind(null);

        // The first one twice, as after a restart of the sink.
        publish(List.of(failed, ofNoAlarm, withheld, failed, attempt(2, AttemptResult.CONFIRMED, "")));

        String history = "/acme/entities/en1/alarms/al1/notification_history/ch1";
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(json(history).findValuesAsText("result"))
                        .containsExactly("CONFIRMED", "NOT_RECEIVED", "CONFIRMED", "SUPPRESSED", "SUPPRESSED"));
        assertThat(json(history + "/" + eventId).at("/notification_results/0/in_progress"))
                .hasToString("false");
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(json("/acme/suppression_logs").findValuesAsText("event_id"))
                        .containsExactly(eventId));
        assertThat(json("/other/entities/en1/alarms/al1/notification_history/ch1")
                        .path("values"))
                .isEmpty();
        assertThat(json("/other/suppression_logs").path("values")).isEmpty();
    }

    private Settings settings(ConfigDef definition, Map<String, String> own) {
        Map<String, String> values = new HashMap<>(own);
        values.put(KafkaSettings.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        values.put(KafkaSettings.REGISTRY_URL, kafka.registryUrl());
        values.put(KafkaSettings.TOPIC_PREFIX, kafka.topics().prefix());
        values.put(CassandraSettings.CONTACT_POINTS, servers.cassandra().address());
        values.put(CassandraSettings.LOCAL_DATACENTER, EmbeddedCassandra.DATACENTER);
        values.put(CassandraSettings.KEYSPACE, keyspace);
        return Settings.of(definition, values);
    }

    private void publish(List<DeliveryAttempt> attempts) throws ExecutionException, InterruptedException {
        String topic = kafka.topics().of(Topic.DELIVERY_ATTEMPTS);
        try (KafkaProducer<String, DeliveryAttempt> producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()))) {
            for (DeliveryAttempt attempt : attempts) {
                producer.send(new ProducerRecord<>(topic, "acme/" + attempt.getNotificationId(), attempt))
                        .get();
            }
        }
    }

    private DeliveryAttempt attempt(int number, AttemptResult result, String reason) {
        return DeliveryAttempt.newBuilder()
                .setDeliveryId("d1")
                .setTenantId("acme")
                .setNotificationId("nt1")
                .setNotificationType("webhook")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setAlarmId("al1")
                .setEventId(eventId)
                .setKind(MessageKind.PROBLEM)
                .setIncident(1)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("down")
                .setAttempt(number)
                .setResult(result)
                .setReason(reason)
                .setFrom("notifier-1")
                .setEventTimestamp(at)
                .setTimestamp(at.plusSeconds(number))
                .setTookMs(3)
                .build();
    }

    private JsonNode json(String path) {
        try {
            HttpResponse<String> answer = http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port() + "/v1.0" + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            return JSON.readTree(answer.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
