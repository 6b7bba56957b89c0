package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.command.CommandRun;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.topics.Topic;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The commands that look at a running Tidewatch: topics, tail and cql. */
@ExtendWith(SharedServers.class)
final class InspectionCommandsIT {
    @TempDir
    private Path directory;

    @Test
    void topicsAreShownAsMissingThenCreatedThenThere(EmbeddedServers servers) throws IOException {
        KafkaSettings kafka = SharedServers.withoutTopics(servers);
        String config = configFile(servers, kafka);
        String alarms = kafka.topics().of(Topic.ALARMS);
        String keyspace = keyspace(kafka);

        CommandRun before = CommandRun.of("topics", "--config", config);
        CommandRun apply = CommandRun.of("topics", "--apply", "--config", config);
        CommandRun after = CommandRun.of("topics", "--config", config);

        assertThat(before.out())
                .contains(alarms)
                .contains(
                        "topic " + alarms + " does not exist: run 'tidewatch topics --apply'",
                        "keyspace " + keyspace + " does not exist: run 'tidewatch topics --apply'");
        assertThat(line(before, keyspace + ".results")).isEqualTo("2 days missing");
        assertThat(before.exitCode()).isEqualTo(1);
        assertThat(line(apply, alarms)).endsWith("created");
        assertThat(line(apply, keyspace + ".results")).isEqualTo("2 days created");
        assertThat(apply.exitCode()).isZero();
        assertThat(line(after, alarms)).endsWith("exists");
        assertThat(line(after, keyspace + ".alarm_states")).isEqualTo("newest of each key exists");
        assertThat(after.out()).doesNotContain("missing", "does not");
        assertThat(after.exitCode()).isZero();
    }

    @Test
    void tailPrintsDecodedRecordsAsJson(KafkaSettings kafka) throws Exception {
        String topic = kafka.topics().of(Topic.CHECK_RESULTS);
        CheckResult result = CheckResult.newBuilder()
                .setResultId("r1")
                .setTenantId("t1")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setCheckType("remote.http")
                .setZoneId("mzdfw")
                .setCollectorId("c1")
                .setTimestamp(Instant.ofEpochMilli(1_000))
                .setAvailable(false)
                .setStatus("refused")
                .setFailure(FailureKind.CONNECT_REFUSED)
                .setMetrics(Map.of("duration", new Metric(12.5, "milliseconds")))
                .build();
        send(
                kafka,
                topic,
                new AvroSerde<>(kafka.registry(), CheckResult.class)
                        .serializer()
                        .serialize(topic, result));

        CommandRun run =
                CommandRun.of("tail", topic, "--from-beginning", "--limit", "1", "--config", configFile(kafka));

        assertThat(run.lines()).hasSize(1);
        assertThat(run.out())
                .contains("\"key\":\"t1/en1/ch1\"")
                .contains("\"zone_id\":\"mzdfw\"")
                .contains("\"timestamp\":\"1970-01-01T00:00:01Z\"")
                .contains("\"received_at\":null")
                .contains("\"failure\":\"CONNECT_REFUSED\"")
                .contains("\"metrics\":{\"duration\":{\"value\":12.5,\"unit\":\"milliseconds\"}}");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void tailShowsWhatCantBeDecoded(KafkaSettings kafka) throws Exception {
        send(kafka, kafka.topics().of(Topic.ALARM_STATES), "garbage".getBytes(StandardCharsets.UTF_8));

        CommandRun run = CommandRun.of(
                "tail", "alarm-states", "--from-beginning", "--limit", "1", "--config", configFile(kafka));

        assertThat(run.out())
                .contains("\"undecodable\":\"not in the registry's wire format\",\"value_base64\":\"Z2FyYmFnZQ==\"");
    }

    @Test
    void tailNamesATopicThatIsNotThere(KafkaSettings kafka) throws IOException {
        CommandRun run = CommandRun.of("tail", "nonsense", "--config", configFile(kafka));

        assertThat(run.err())
                .isEqualTo(
                        "tidewatch: There is no topic nonsense. 'tidewatch topics' lists those of" + " Tidewatch.\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void cqlPrintsRowsAsATable(EmbeddedServers servers) {
        CommandRun run =
                CommandRun.of("cql", "SELECT key, cluster_name FROM system.local", "--port-base", shift(servers));

        assertThat(run.lines()).containsExactly("key    cluster_name", "local  tidewatch", "1 row");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void cqlPassesOnWhatCassandraRefuses(EmbeddedServers servers) {
        CommandRun run = CommandRun.of("cql", "SELECT nonsense", "--port-base", shift(servers));

        assertThat(run.err()).startsWith("tidewatch: Cassandra refused: ");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void cqlSaysWhereNoCassandraAnswers() {
        int port = Port.free(1).get(0);

        CommandRun run = CommandRun.of(
                "cql",
                "SELECT key FROM system.local",
                "--port-base",
                Integer.toString(port - ServerPorts.shiftedBy(0).cassandra()));

        assertThat(run.err()).startsWith("tidewatch: No Cassandra answers on port " + port);
        assertThat(run.exitCode()).isEqualTo(1);
    }

    private static String shift(EmbeddedServers servers) {
        int port = servers.cassandra().ports().get(0);
        return Integer.toString(port - ServerPorts.shiftedBy(0).cassandra());
    }

    /** What a table of topics or of tables says of one of them. */
    private static String line(CommandRun run, String name) {
        return run.lines().stream()
                .filter(line -> line.startsWith(name + " "))
                .collect(Collectors.joining("\n"))
                .substring(name.length())
                .strip()
                .replaceAll(" +", " ");
    }

    private static String keyspace(KafkaSettings kafka) {
        return kafka.topics().prefix().replace('.', '_');
    }

    private String configFile(EmbeddedServers servers, KafkaSettings kafka) throws IOException {
        return Files.write(
                        Path.of(configFile(kafka)),
                        List.of(
                                CassandraSettings.CONTACT_POINTS + "="
                                        + servers.cassandra().address(),
                                CassandraSettings.KEYSPACE + "=" + keyspace(kafka)),
                        StandardOpenOption.APPEND)
                .toString();
    }

    private String configFile(KafkaSettings kafka) throws IOException {
        return Files.write(
                        directory.resolve("tidewatch.properties"),
                        List.of(
                                KafkaSettings.BOOTSTRAP_SERVERS + "=" + kafka.bootstrapServers(),
                                KafkaSettings.REGISTRY_URL + "=" + kafka.registryUrl(),
                                KafkaSettings.TOPIC_PREFIX + "="
                                        + kafka.topics().prefix()))
                .toString();
    }

    private static void send(KafkaSettings kafka, String topic, byte[] value)
            throws ExecutionException, InterruptedException {
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(topic, "t1/en1/ch1", value)).get();
        }
    }
}
