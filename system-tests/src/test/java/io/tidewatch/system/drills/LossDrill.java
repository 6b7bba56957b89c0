package io.tidewatch.system.drills;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Lets the applications work under load, alarms in one process, rollups and sink in another one; and, when it is told to,
 * kills Cassandra and the second process as a plan says. One thread.
 */
final class LossDrill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Longer than a window takes to be over without input, and than a commit: what has not come by then does not come. */
    private static final Duration QUIET = Duration.ofSeconds(12);

    private static final Duration LONGEST_PEACE = Duration.ofSeconds(5);

    private static final List<Topic> SINK_INPUT = List.of(
            Topic.CHECK_RESULTS, Topic.METRIC_ROLLUPS, Topic.TEXT_CHANGES, Topic.ALERT_EVENTS, Topic.ALARM_STATES);

    private final KafkaSettings kafka;
    private final EmbeddedCassandra cassandra;
    private final String keyspace;
    private final LossPlan plan;
    private final DrillStory story;
    private final Random chance;
    private final StreamsInstance alarms;
    private final StreamsInstance storage;
    private final Admin admin;
    private final GroupOffsets sink;
    private int kills;
    private long committedTooEarly;

    /**
     * What a drill did, by its own account.
     *
     * @param committedTooEarly results whose offsets had been committed when the sink's process died in an outage, and whose
     *     rows were not there
     * @param latenciesMs of the alarms, shortest first
     * @param caughtUpAfter the last result had been sent
     */
    record Account(
            long results,
            int kills,
            long committedTooEarly,
            List<Long> latenciesMs,
            Duration caughtUpAfter,
            Map<String, Set<String>> rows) {}

    /** @param directory for the processes */
    LossDrill(
            KafkaSettings kafka,
            EmbeddedCassandra cassandra,
            String keyspace,
            LossPlan plan,
            DrillStory story,
            Path directory) {
        this.kafka = kafka;
        this.cassandra = cassandra;
        this.keyspace = keyspace;
        this.plan = plan;
        this.story = story;
        this.chance = new Random(plan.seed());
        this.alarms = StreamsInstance.ofAlarms(directory.resolve("alarms"), plan.jvm(), kafka);
        this.storage = StreamsInstance.ofStorage(
                directory.resolve("storage"),
                plan.jvm(),
                kafka,
                Map.of(
                        "rollups.grace.seconds",
                        "0",
                        "rollups.idle.seconds",
                        "3",
                        "cassandra.contact.points",
                        cassandra.address(),
                        "cassandra.keyspace",
                        keyspace));
        this.admin = Admin.create(kafka.client());
        this.sink = new GroupOffsets(kafka, admin, "sink");
    }

    /** Returns when all that was sent has been stored. */
    Account run(boolean disturbed) {
        Configuration.of(story).publish(kafka);
        alarms.start();
        storage.start();
        await().atMost(PATIENCE).until(() -> alarms.isReady() && storage.isReady());
        try (Arrivals arrivals = new Arrivals(kafka);
                SteadyLoad load = new SteadyLoad(
                        new StraightToKafka(kafka), story, plan.resultsPerSecond(disturbed), plan.results())) {
            await().atMost(PATIENCE).until(() -> arrivals.count() > 0);
            if (disturbed || plan.comparesLatencies()) {
                Pause.of(plan.warmUp());
            }
            long warmAtMs = System.currentTimeMillis();
            if (disturbed) {
                disturb();
            }
            long results = load.awaitAll();
            long sentAt = System.nanoTime();
            awaitEverythingStored();
            Duration caughtUpAfter =
                    Duration.ofNanos(System.nanoTime() - sentAt).minus(QUIET);
            return new Account(
                    results, kills, committedTooEarly, arrivals.latenciesMs(warmAtMs), caughtUpAfter, everyRow());
        }
    }

    @Override
    public void close() {
        alarms.close();
        storage.close();
        admin.close();
    }

    private void disturb() {
        for (int outage = 1; outage <= plan.outages(); outage++) {
            Pause.of(chance(LONGEST_PEACE));
            cassandra.kill();
            long over = System.nanoTime() + plan.outage().toNanos();
            if (outage == 1) {
                endWithStorage(over);
            } else {
                Pause.until(over);
                cassandra.start();
            }
        }
        Pause.of(chance(LONGEST_PEACE));
        killStorage();
        storage.start();
    }

    /** Kills the sink's process twice before the outage is over, the second time to see what it has promised by then. */
    private void endWithStorage(long over) {
        Pause.of(chance(plan.outage().dividedBy(2)));
        killStorage();
        storage.start();
        Pause.until(over);
        killStorage();
        Set<String> promised = committedResults();
        cassandra.start();
        promised.removeAll(storedResults());
        committedTooEarly += promised.size();
        storage.start();
    }

    private void killStorage() {
        storage.kill();
        kills++;
    }

    /** The results that the sink's offsets say are stored. */
    private Set<String> committedResults() {
        Map<TopicPartition, Long> committed = sink.committed();
        Deserializer<CheckResult> values = new AvroSerde<>(kafka.registry(), CheckResult.class).deserializer();
        Set<String> places = new HashSet<>();
        for (ConsumerRecord<byte[], byte[]> message : new TopicContents(kafka).committed(Topic.CHECK_RESULTS)) {
            TopicPartition partition = new TopicPartition(message.topic(), message.partition());
            if (message.offset() < committed.getOrDefault(partition, 0L)) {
                places.add(StoredRows.place(values.deserialize(message.topic(), message.value())));
            }
        }
        return places;
    }

    private Set<String> storedResults() {
        try (CqlSession session = cassandra.session()) {
            return new StoredRows(session, keyspace).results();
        }
    }

    private Map<String, Set<String>> everyRow() {
        try (CqlSession session = cassandra.session()) {
            return new StoredRows(session, keyspace).everything();
        }
    }

    /** Until every result's offset is committed, and nothing has been written or committed for a while. */
    private void awaitEverythingStored() {
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> sink.haveRead(List.of(Topic.CHECK_RESULTS)));
        AtomicReference<Map<TopicPartition, Long>> before = new AtomicReference<>(Map.of());
        await().atMost(PATIENCE)
                .pollInterval(Duration.ofSeconds(1))
                .during(QUIET)
                .until(() -> {
                    Map<TopicPartition, Long> now = progress();
                    return now.equals(before.getAndSet(now));
                });
    }

    private Map<TopicPartition, Long> progress() {
        Map<TopicPartition, Long> progress = new HashMap<>(sink.ends(SINK_INPUT));
        sink.committed().forEach((partition, offset) -> progress.merge(partition, offset, Long::sum));
        return progress;
    }

    private Duration chance(Duration longest) {
        return Duration.ofMillis(chance.nextLong(longest.toMillis()));
    }
}
