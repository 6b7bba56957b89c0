package io.tidewatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.ConfluentSchemaRegistry;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.streams.StreamsMain;
import io.tidewatch.streams.rollup.Resolution;
import io.tidewatch.streams.rollup.Series;
import io.tidewatch.streams.timeseries.SelectResults;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing is lost and nothing is there twice, with Cassandra stopped and the process of rollups and sink killed at the
 * worst of times: the contract's guarantees 3 and 4, in small.
 */
final class CassandraOutageIT {
    private static final int CHECKS = 20;
    private static final int RESULTS_A_CHECK = 600;
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** Several of the sink's commits fall due in it. */
    private static final Duration OVERDUE = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();

    @TempDir
    private Path directory;

    private final ServerPorts ports = ServerPorts.free();
    private final Instant start = Instant.now().minus(2, ChronoUnit.HOURS).truncatedTo(ChronoUnit.HOURS);
    private final List<CheckResult> published = new ArrayList<>();
    private DataDirectory data;
    private EmbeddedServers servers;
    private SchemaRegistry registry;
    private Admin admin;
    private KafkaProducer<String, CheckResult> producer;
    private Optional<Process> streams = Optional.empty();
    private int operationsPort;

    @BeforeEach
    void startServers() {
        data = DataDirectory.open(directory.resolve("data"));
        servers = new EmbeddedServers(data, ports);
        servers.start(server -> {});
        registry = new ConfluentSchemaRegistry(servers.registry().address());
        Map<String, Object> client =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers.broker().address());
        admin = Admin.create(client);
        new TopicSetup(admin, registry, TOPICS).apply(6, (short) 1);
        producer = new KafkaProducer<>(
                client, new StringSerializer(), new AvroSerde<>(registry, CheckResult.class).serializer());
    }

    @AfterEach
    void stopAll() throws IOException {
        streams.ifPresent(Process::destroyForcibly);
        producer.close(Duration.ofSeconds(5));
        admin.close(Duration.ofSeconds(5));
        servers.close();
        data.close();
    }

    @Test
    void losesNothingWhenCassandraStopsAndTheProcessIsKilled() throws IOException {
        startStreams();
        publish(0, 100);
        awaitRows(100 * CHECKS);

        servers.cassandra().kill();
        publish(100, 300);
        awaitCommitted("tidewatch-rollups", 300 * CHECKS);
        awaitOldestWriteOf(OVERDUE);
        assertThat(committed("tidewatch-sink"))
                .as("offsets do not get ahead of rows")
                .isLessThanOrEqualTo(100 * CHECKS);
        killStreams();
        startStreams();
        publish(300, 400);
        awaitCommitted("tidewatch-rollups", 400 * CHECKS);
        servers.cassandra().start();
        publish(400, 500);
        awaitRows(100 * CHECKS + 1);
        killStreams();
        startStreams();
        publish(500, RESULTS_A_CHECK);

        awaitRows(RESULTS_A_CHECK * CHECKS);
        assertThatEveryResultIsThereAsItWasPublished();
        assertThatEveryRollupIsThere();
        assertThat(endOffsets(Topic.DEAD_LETTERS)).isZero();
    }

    /** Waits until the sink has had something on its way for so long, by its own account. */
    private void awaitOldestWriteOf(Duration age) {
        await().atMost(PATIENCE).until(() -> metric("tidewatch_sink_oldest_unacknowledged_seconds") > age.toSeconds());
    }

    private double metric(String name) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/metrics"))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofLines())
                .body()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    private void awaitCommitted(String group, long expected) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> committed(group) == expected);
    }

    /** How many records of check-results are behind the group's offsets. */
    private long committed(String group) {
        return admin
                .listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .entrySet()
                .stream()
                .filter(offset -> offset.getKey().topic().equals(TOPICS.of(Topic.CHECK_RESULTS)))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    private void publish(int from, int until) {
        for (int index = from; index < until; index++) {
            for (int check = 0; check < CHECKS; check++) {
                CheckResult result = result(check, index);
                published.add(result);
                var unused = producer.send(new ProducerRecord<>(
                        TOPICS.of(Topic.CHECK_RESULTS), path(check).toString(), result));
            }
        }
        producer.flush();
    }

    private CheckResult result(int check, int index) {
        CheckPath path = path(check);
        return CheckResult.newBuilder()
                .setResultId(new UUID(check, index).toString())
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setCheckType("remote.http")
                .setZoneId(check % 2 == 0 ? "mzdfw" : null)
                .setCollectorId("it")
                .setTimestamp(start.plus(PERIOD.multipliedBy(index)))
                .setAvailable(true)
                .setStatus("fine")
                .setMetrics(Map.of(
                        "duration", new Metric((long) index, "milliseconds"),
                        "load", new Metric(index / 4.0, null),
                        "code", new Metric("200", null),
                        "secure", new Metric(true, null)))
                .build();
    }

    private static CheckPath path(int check) {
        return new CheckPath("t", "en1", "ch" + check);
    }

    private static Series series(int check) {
        return new Series(path(check), check % 2 == 0 ? "mzdfw" : "");
    }

    private void assertThatEveryResultIsThereAsItWasPublished() {
        try (CqlSession session = servers.cassandra().session()) {
            SelectResults select = new SelectResults(session, "tidewatch");
            for (int check = 0; check < CHECKS; check++) {
                String checkId = "ch" + check;
                List<CheckResult> expected = published.stream()
                        .filter(result -> result.getCheckId().equals(checkId))
                        .sorted(Comparator.comparing(CheckResult::getTimestamp).reversed())
                        .toList();
                assertThat(select.between(series(check), start, start.plus(Duration.ofDays(1))))
                        .isEqualTo(expected);
            }
        }
    }

    private void assertThatEveryRollupIsThere() {
        Duration window = Resolution.MIN5.length();
        int windows = (int) PERIOD.multipliedBy(RESULTS_A_CHECK).dividedBy(window);
        int each = RESULTS_A_CHECK / windows;
        Map<String, String> expected = new TreeMap<>();
        for (int check = 0; check < CHECKS; check++) {
            for (int index = 0; index < windows; index++) {
                Instant windowStart = start.plus(window.multipliedBy(index));
                double sum = (2.0 * index * each + each - 1) * each / 2;
                expected.put(rollup(series(check), "duration", windowStart), each + " " + sum);
                expected.put(rollup(series(check), "load", windowStart), each + " " + sum / 4);
            }
        }
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rollupRows()).isEqualTo(expected));
    }

    private Map<String, String> rollupRows() {
        Map<String, String> found = new TreeMap<>();
        try (CqlSession session = servers.cassandra().session()) {
            for (Row row : session.execute("SELECT * FROM tidewatch.rollups_5m")) {
                assertThat(row.getLocalDate("month"))
                        .isEqualTo(LocalDate.ofInstant(row.getInstant("window_start"), ZoneOffset.UTC)
                                .withDayOfMonth(1));
                Series series = new Series(
                        new CheckPath(
                                row.getString("tenant_id"), row.getString("entity_id"), row.getString("check_id")),
                        row.getString("zone_id"));
                found.put(
                        rollup(series, row.getString("metric"), row.getInstant("window_start")),
                        row.getLong("count") + " " + row.getDouble("sum"));
            }
        }
        return found;
    }

    private static String rollup(Series series, String metric, Instant windowStart) {
        return series + "/" + metric + "@" + windowStart;
    }

    private void awaitRows(long expected) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).until(() -> rows() >= expected);
    }

    private long rows() {
        try (CqlSession session = servers.cassandra().session()) {
            return session.execute("SELECT count(*) FROM tidewatch.results")
                    .one()
                    .getLong(0);
        } catch (DriverException notThereYet) {
            return 0;
        }
    }

    private long endOffsets(Topic topic) {
        Collection<Long> ends = new ArrayList<>();
        for (int partition = 0; partition < 6; partition++) {
            TopicPartition asked = new TopicPartition(TOPICS.of(topic), partition);
            ends.add(admin.listOffsets(Map.of(asked, OffsetSpec.latest()))
                    .partitionResult(asked)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join()
                    .offset());
        }
        return ends.stream().mapToLong(Long::longValue).sum();
    }

    private void startStreams() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            operationsPort = free.getLocalPort();
        }
        Path config = directory.resolve("streams.properties");
        Files.writeString(
                config,
                String.join(
                        "\n",
                        "kafka.bootstrap.servers=" + servers.broker().address(),
                        "schema.registry.url=" + servers.registry().address(),
                        "applications=rollups,sink",
                        "state.dir=" + directory.resolve("state"),
                        "operations.port=" + operationsPort,
                        "rollups.grace.seconds=0",
                        "rollups.idle.seconds=3",
                        "cassandra.contact.points=" + servers.cassandra().address()));
        streams = Optional.of(new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        StreamsMain.class.getName(),
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("streams.log").toFile()))
                .start());
    }

    /** As a crash would. */
    private void killStreams() {
        streams.orElseThrow().destroyForcibly().onExit().join();
    }
}
