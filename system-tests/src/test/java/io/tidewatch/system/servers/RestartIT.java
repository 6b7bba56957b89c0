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
    private static final Schema SCHEMA =
            SchemaBuilder.record("Kept").fields().requiredLong("number").endRecord();

    @TempDir
    private Path directory;

    @Test
    void recordsRowsAndSchemaIdsSurviveAStop() throws ExecutionException, InterruptedException {
        assertThatAllSurvives(EmbeddedServer::stop);
    }

    @Test
    void recordsRowsAndSchemaIdsSurviveACrash() throws ExecutionException, InterruptedException {
        assertThatAllSurvives(EmbeddedServer::kill);
    }

    private void assertThatAllSurvives(Consumer<EmbeddedServer> end) throws ExecutionException, InterruptedException {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free())) {
            servers.start(server -> {});
            int id = registry(servers).register("kept-value", SCHEMA);
            write(servers);

            servers.all().forEach(end);
            servers.start(server -> {});

            assertThat(registry(servers).schema(id)).isEqualTo(SCHEMA);
            assertThat(registry(servers).register("kept-value", SCHEMA)).isEqualTo(id);
            assertThat(readRecord(servers)).isEqualTo("a record");
            assertThat(readRow(servers)).isEqualTo("a row");
        }
    }

    /** A new one each time, which remembers nothing. */
    private static SchemaRegistry registry(EmbeddedServers servers) {
        return new ConfluentSchemaRegistry(servers.registry().address());
    }

    private static void write(EmbeddedServers servers) throws ExecutionException, InterruptedException {
        Map<String, Object> client =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.broker().address());
        try (Admin admin = Admin.create(client);
                KafkaProducer<String, String> producer =
                        new KafkaProducer<>(client, new StringSerializer(), new StringSerializer())) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get();
            producer.send(new ProducerRecord<>(PARTITION.topic(), "a record")).get();
        }
        try (CqlSession session = servers.cassandra().session()) {
            session.execute(
                    "CREATE KEYSPACE kept WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
            session.execute("CREATE TABLE kept.rows (id int PRIMARY KEY, text text)");
            session.execute("INSERT INTO kept.rows (id, text) VALUES (1, 'a row')");
        }
    }

    private static String readRecord(EmbeddedServers servers) {
        try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.broker().address()),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            return Awaitility.await()
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> consumer.poll(Duration.ofMillis(200)), records -> !records.isEmpty())
                    .iterator()
                    .next()
                    .value();
        }
    }

    private static String readRow(EmbeddedServers servers) {
        try (CqlSession session = servers.cassandra().session()) {
            return session.execute("SELECT text FROM kept.rows WHERE id = 1")
                    .all()
                    .get(0)
                    .getString("text");
        }
    }
}
