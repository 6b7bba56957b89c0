package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.serde.ConfluentSchemaRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServer;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the servers keep outlives them, however they end. On servers of its own, because it ends them. */
final class RestartIT {
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    private Path directory;

    @Test
    void recordsRowsAndSchemaIdsSurviveAStopAndACrash() throws ExecutionException, InterruptedException {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free())) {
            servers.start(server -> {});
            makeTopicAndTable(servers);
            assertThatAllSurvives(EmbeddedServer::stop, servers, 1);
            assertThatAllSurvives(EmbeddedServer::kill, servers, 2);
        }
    }

    /** @param round how often something has been written, with this time */
    private static void assertThatAllSurvives(Consumer<EmbeddedServer> end, EmbeddedServers servers, int round)
            throws ExecutionException, InterruptedException {
        String subject = "kept" + round + "-value";
        int id = registry(servers).register(subject, schema(round));
        write(servers, round);

        servers.all().forEach(end);
        servers.start(server -> {});

        assertThat(registry(servers).schema(id)).isEqualTo(schema(round));
        assertThat(registry(servers).register(subject, schema(round))).isEqualTo(id);
        assertThat(readRecords(servers, round)).last().isEqualTo("record " + round);
        assertThat(readRows(servers)).hasSize(round).contains("row " + round);
    }

    private static Schema schema(int round) {
        return SchemaBuilder.record("Kept" + round)
                .fields()
                .requiredLong("number")
                .endRecord();
    }

    /** A new one each time, which remembers nothing. */
    private static SchemaRegistry registry(EmbeddedServers servers) {
        return new ConfluentSchemaRegistry(servers.registry().address());
    }

    private static Map<String, Object> client(EmbeddedServers servers) {
        return Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.broker().address());
    }

    private static void makeTopicAndTable(EmbeddedServers servers) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(client(servers))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
        try (CqlSession session = servers.cassandra().session()) {
            session.execute(
                    "CREATE KEYSPACE kept WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.execute("CREATE TABLE kept.rows (id int PRIMARY KEY, text text)");
        }
    }

    private static void write(EmbeddedServers servers, int round) throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(client(servers), new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(PARTITION.topic(), "record " + round))
                    .get();
        }
        try (CqlSession session = servers.cassandra().session()) {
            session.execute("INSERT INTO kept.rows (id, text) VALUES (?, ?)", round, "row " + round);
        }
    }

    /** All there are, when there are as many as that. */
    private static List<String> readRecords(EmbeddedServers servers, int count) {
        try (KafkaConsumer<String, String> consumer =
                new KafkaConsumer<>(client(servers), new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            List<String> records = new ArrayList<>();
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> records.add(record.value()));
                return records.size() >= count;
            });
            return records;
        }
    }

    private static List<String> readRows(EmbeddedServers servers) {
        try (CqlSession session = servers.cassandra().session()) {
            return session.execute("SELECT text FROM kept.rows").all().stream()
                    .map(row -> row.getString("text"))
                    .toList();
        }
    }
}
