package io.tidewatch.system.quarantine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.State;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.system.drills.DrillOptions;
import io.tidewatch.system.drills.TopicContents;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A record that makes its task fail, whatever for, is put aside once by each application, and all others are processed
 * exactly once: over failed threads, restarts and rebalances. {@code ./mvnw -Pdrills verify -Dgroups=failures} runs it, and
 * nothing else; with {@code -Ddrills.size=short}, as before each merge, records fail in two ways instead of all.
 */
@Tag("failures")
@ExtendWith(SharedServers.class)
final class RecordsPutAsideIT {
    private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);

    /** A minute where processors are free: a record that hangs costs two processes their lives first. */
    private static final Duration WITHIN = Duration.ofMinutes(2);

    /** A process that was killed leaves its partitions to others after a session of 6 s besides. */
    private static final Duration WITH_KILLS_WITHIN = Duration.ofMinutes(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    /** The beginning of a window of five minutes that is long over. */
    private final Instant window = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.HOURS);

    private final String keyspace = "k" + UUID.randomUUID().toString().replace("-", "");
    private EmbeddedServers servers;
    private KafkaSettings kafka;
    private TopicContents contents;
    private CqlSession session;

    @BeforeEach
    void make(EmbeddedServers shared, KafkaSettings settings) {
        servers = shared;
        kafka = settings;
        contents = new TopicContents(settings);
        session = shared.cassandra().session();
    }

    @AfterEach
    void close() {
        session.close();
    }

    static List<Disturbance> alone() {
        return DrillOptions.isFull()
                ? List.of(Disturbance.THROWS, Disturbance.HANGS, Disturbance.ENDS_THE_THREAD)
                : List.of(Disturbance.HANGS);
    }

    static List<Disturbance> withKills() {
        return DrillOptions.isFull()
                ? List.of(Disturbance.HANGS, Disturbance.ENDS_THE_THREAD)
                : List.of(Disturbance.ENDS_THE_THREAD);
    }

    @ParameterizedTest
    @MethodSource("alone")
    void aRecordThatMakesItsTaskFailIsPutAsideOnceAndAllOthersAreProcessedOnce(Disturbance disturbance)
            throws ExecutionException, InterruptedException {
        try (DisturbedProcess process = process("one", disturbance);
                DisturbedChecks checks = new DisturbedChecks(kafka)) {
            await().atMost(STARTED_WITHIN).until(process::isReady);
            checks.configure();

            RecordMetadata disturbing = publish(checks);

            eventually(WITHIN).untilAsserted(() -> assertAllButOneProcessed(disturbing));
        }
        assertPutAsideOnce();
    }

    @ParameterizedTest
    @MethodSource("withKills")
    void theCountOutlivesARestartAndARebalance(Disturbance disturbance)
            throws ExecutionException, InterruptedException {
        try (DisturbedProcess one = process("one", disturbance);
                DisturbedProcess other = process("other", disturbance);
                DisturbedChecks checks = new DisturbedChecks(kafka)) {
            await().atMost(STARTED_WITHIN).until(() -> one.isReady() && other.isReady());
            checks.configure();

            RecordMetadata disturbing = publish(checks);
            eventually(WITHIN).until(() -> hasFailed(disturbing));
            one.kill();

            eventually(WITH_KILLS_WITHIN).untilAsserted(() -> assertAllButOneProcessed(disturbing));
        }
        assertPutAsideOnce();
    }

    @Test
    void recordsThatAreTooSlowForOneTransactionAreProcessedInSeveral() throws ExecutionException, InterruptedException {
        try (DisturbedProcess process = process("one", Disturbance.IS_SLOW);
                DisturbedChecks checks = new DisturbedChecks(kafka)) {
            await().atMost(STARTED_WITHIN).until(process::isReady);
            checks.configure();
            for (int i = 0; i < 50; i++) {
                checks.publishOthers(window.plusMillis(i), true);
            }
            for (int i = 0; i < 15; i++) {
                checks.publishDisturbing(window.plusMillis(i));
            }
            checks.publishOthers(window.plusSeconds(1), false);

            eventually(WITH_KILLS_WITHIN).untilAsserted(this::assertOthersWentCritical);
        }
        assertThat(contents.committed(Topic.DEAD_LETTERS)).isEmpty();
    }

    private void assertOthersWentCritical() {
        Map<String, List<State>> states = states();
        for (String check : DisturbedChecks.OTHERS) {
            assertThat(states.get(DisturbedChecks.alarmKey(DisturbedChecks.other(check))))
                    .as(check)
                    .containsExactly(State.OK, State.CRITICAL);
        }
    }

    /** Servers are asked a lot, and may be slow to answer. */
    private static ConditionFactory eventually(Duration within) {
        return await().atMost(within).pollInterval(Duration.ofSeconds(1)).ignoreExceptions();
    }

    private DisturbedProcess process(String name, Disturbance disturbance) {
        Map<String, String> settings = new HashMap<>();
        settings.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        settings.put("schema.registry.url", kafka.registryUrl());
        settings.put("topic.prefix", kafka.topics().prefix());
        settings.put("cassandra.contact.points", servers.cassandra().address());
        settings.put("cassandra.keyspace", keyspace);
        settings.put("transaction.timeout.ms", "3000");
        settings.put("rollups.transaction.timeout.ms", "3000");
        settings.put("session.timeout.ms", "2500");
        settings.put("sink.poll.timeout.ms", "3000");
        settings.put("rollups.grace.seconds", "0");
        settings.put("rollups.idle.seconds", "1");
        return new DisturbedProcess(directory.resolve(name), disturbance, settings);
    }

    /** The result that disturbs, between others before and after it in its partition. */
    private RecordMetadata publish(DisturbedChecks checks) throws ExecutionException, InterruptedException {
        checks.publishOthers(window, false);
        RecordMetadata disturbing = checks.publishDisturbing(window);
        checks.publishOthers(window.plusSeconds(1), true);
        return disturbing;
    }

    private void assertAllButOneProcessed(RecordMetadata disturbing) {
        assertThat(letters())
                .containsExactlyInAnyOrderElementsOf(List.of(
                        letter("alarms", disturbing), letter("rollups", disturbing), letter("sink", disturbing)));
        Map<String, List<State>> states = states();
        Map<String, List<MetricRollup>> rollups = contents.committedByKey(Topic.METRIC_ROLLUPS, MetricRollup.class);
        Set<String> rows = rows();
        for (String check : DisturbedChecks.OTHERS) {
            String path = DisturbedChecks.other(check).toString();
            assertThat(states.get(DisturbedChecks.alarmKey(DisturbedChecks.other(check))))
                    .as(path)
                    .containsExactly(State.CRITICAL, State.OK);
            assertThat(rollups.get(path + "/mzone/duration"))
                    .as(path)
                    .isNotNull()
                    .filteredOn(rollup -> rollup.getResolutionMinutes() == 5)
                    .last()
                    .satisfies(rollup -> assertThat(rollup.getCount()).isEqualTo(2));
            assertThat(rows).contains(path + "@" + window, path + "@" + window.plusSeconds(1));
        }
    }

    /** Also after everything else. */
    private void assertPutAsideOnce() {
        assertThat(letters()).doesNotHaveDuplicates().hasSize(3);
    }

    private List<String> letters() {
        return contents.committed(Topic.DEAD_LETTERS).stream()
                .map(letter -> header(letter, "application") + " " + header(letter, "topic") + " "
                        + header(letter, "partition") + " " + header(letter, "offset"))
                .toList();
    }

    private String letter(String application, RecordMetadata source) {
        return id(application) + " " + source.topic() + " " + source.partition() + " " + source.offset();
    }

    private Map<String, List<State>> states() {
        Map<String, List<State>> states = new HashMap<>();
        contents.committedByKey(Topic.ALERT_EVENTS, AlertEvent.class)
                .forEach((alarm, events) -> states.put(
                        alarm, events.stream().map(AlertEvent::getState).toList()));
        return states;
    }

    private Set<String> rows() {
        Set<String> rows = new HashSet<>();
        session.execute("SELECT tenant_id, entity_id, check_id, timestamp FROM " + keyspace + ".results")
                .forEach(row -> rows.add(String.join(
                                "/", row.getString("tenant_id"), row.getString("entity_id"), row.getString("check_id"))
                        + "@" + row.getInstant("timestamp")));
        return rows;
    }

    private boolean hasFailed(RecordMetadata disturbing) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(kafka.client())) {
            OffsetAndMetadata failure = admin.listConsumerGroupOffsets(id("alarms") + "-failures")
                    .partitionsToOffsetAndMetadata()
                    .get()
                    .get(new TopicPartition(disturbing.topic(), disturbing.partition()));
            return failure != null && failure.offset() == disturbing.offset();
        }
    }

    private String id(String application) {
        return kafka.topics().prefix().replace(".", "") + "-" + application;
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        return new String(
                Objects.requireNonNull(letter.headers().lastHeader(name)).value(), UTF_8);
    }
}
