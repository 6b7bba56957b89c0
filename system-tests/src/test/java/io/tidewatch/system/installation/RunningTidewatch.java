package io.tidewatch.system.installation;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.local.AlertLog;
import io.tidewatch.standalone.local.ApiClient;
import io.tidewatch.standalone.local.DemoTarget;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What tests do with a whole Tidewatch: configure it, feed it, and see what comes of it. */
final class RunningTidewatch implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(90);

    private final Installation installation;
    private final HttpClient http = HttpClient.newHttpClient();
    private final CqlSession cassandra;

    /** @param installation is closed with this */
    RunningTidewatch(Installation installation) {
        this.installation = installation;
        cassandra = installation.cassandra();
    }

    /** A web server on this machine where checks reach it. */
    DemoTarget target() {
        return new DemoTarget(installation.thisMachine());
    }

    ApiClient api(String tenant) {
        return new ApiClient(installation.api() + "/" + tenant);
    }

    KafkaSettings kafka() {
        return installation.kafka();
    }

    /** An entity whose alias self is this machine. */
    String createEntity(String tenant) {
        return api(tenant)
                .create(
                        "/entities",
                        Map.of("label", "this machine", "ip_addresses", Map.of("self", installation.thisMachine())));
    }

    /** A check of a port of this machine by all zones. */
    String createTcpCheck(String tenant, String entity, int port) {
        return createTcpCheck(tenant, entity, port, Installation.ZONES);
    }

    String createTcpCheck(String tenant, String entity, int port, List<String> zones) {
        return api(tenant)
                .create(
                        "/entities/" + entity + "/checks",
                        Map.of(
                                "label",
                                "the port",
                                "type",
                                "remote.tcp",
                                "details",
                                Map.of("port", port),
                                "target_alias",
                                "self",
                                "monitoring_zones_poll",
                                zones,
                                "period",
                                Installation.PERIOD_SECONDS,
                                "timeout",
                                1));
    }

    String createAgentCheck(String tenant, String entity) {
        return createAgentCheck(tenant, entity, 30);
    }

    String createAgentCheck(String tenant, String entity, int periodSeconds) {
        return api(tenant)
                .create(
                        "/entities/" + entity + "/checks",
                        Map.of(
                                "label",
                                "agent",
                                "type",
                                "agent.plugin",
                                "details",
                                Map.of("file", "x.sh"),
                                "period",
                                periodSeconds));
    }

    String createAlarm(String tenant, String entity, String check, String criteria) {
        return api(tenant)
                .create(
                        "/entities/" + entity + "/alarms",
                        Map.of(
                                "label",
                                "the alarm",
                                "check_id",
                                check,
                                "notification_plan_id",
                                "npTechnicalContactsEmail",
                                "criteria",
                                criteria));
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(installation.api() + path)));
    }

    HttpResponse<String> post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(installation.api() + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)));
    }

    /** Waits for the event of a transition of an entity's alarm. */
    AlertEvent awaitAlert(String entity, State previous, State state) {
        return await().atMost(PATIENCE)
                .until(
                        () -> alerts(entity).stream()
                                .filter(event -> event.getPreviousState() == previous && event.getState() == state)
                                .reduce((earlier, later) -> later),
                        Optional::isPresent)
                .orElseThrow();
    }

    /** All events of an entity's alarms so far. */
    List<AlertEvent> alerts(String entity) {
        try (AlertLog log = new AlertLog(kafka())) {
            List<AlertEvent> events = new ArrayList<>();
            List<AlertEvent> next = log.next();
            while (!next.isEmpty()) {
                next.stream()
                        .filter(event -> event.getEntityId().equals(entity))
                        .forEach(events::add);
                next = log.next();
            }
            return events;
        }
    }

    /** The committed records of a topic so far. */
    List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> properties = new HashMap<>(kafka().client());
        properties.put("isolation.level", "read_committed");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    /** How many rows of a table belong to a check. */
    long rows(String table, String check) {
        return cassandra
                .execute("SELECT check_id FROM tidewatch." + table + " WHERE check_id = ? ALLOW FILTERING", check)
                .all()
                .size();
    }

    @Override
    public void close() {
        cassandra.close();
        installation.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
