package io.tidewatch.standalone.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;

/** Lets a deployment work under load, and lets mishaps befall it, one after the other. One thread. */
final class DeploymentDrill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Young processes are slow, and how slow is not the question. */
    private static final Duration WARM_UP = Duration.ofSeconds(30);

    private static final String KEYSPACE = "tidewatch";
    private static final short BROKERS_DEFAULT = -1;
    private static final Duration PEACE = Duration.ofSeconds(15);
    private static final List<Integer> PARTITIONS =
            IntStream.range(0, Topic.DEFAULT_PARTITIONS).boxed().toList();

    private final KafkaSettings kafka;
    private final Story story;
    private final int resultsPerSecond;
    private final Path directory;
    private final Admin admin;
    private final AlarmsGroup alarms;
    private final GroupOffsets sink;

    /**
     * What befalls the deployment.
     *
     * @param lasts how long after its begin it ends
     * @param over whether everything is again as it was before
     */
    record Mishap(String name, Runnable begin, Duration lasts, Runnable end, BooleanSupplier over) {}

    /**
     * What came of a mishap.
     *
     * @param firstAfterMs from its begin until a result sent after it had its transition readable
     * @param allAfterMs the same, until each partition had one
     * @param slowestMs the longest that a transition took whose result was sent since then, and before all was well again
     * @param recoveredAfter its end, all was well again
     */
    record Outcome(
            String name, OptionalLong firstAfterMs, OptionalLong allAfterMs, long slowestMs, Duration recoveredAfter) {
        @Override
        public String toString() {
            return String.format(
                    "%-24s first transition after %s ms, from everywhere after %s ms, slowest %d ms, recovered in %d s",
                    name, text(firstAfterMs), text(allAfterMs), slowestMs, recoveredAfter.toSeconds());
        }

        private static String text(OptionalLong ms) {
            return ms.isPresent() ? Long.toString(ms.getAsLong()) : "never";
        }
    }

    /**
     * What a drill came to.
     *
     * @param outcomes in the order of the mishaps
     * @param verdict on what the alarms said, against an undisturbed run on the same results
     * @param missing results that are not in Cassandra
     */
    record Account(long results, List<Outcome> outcomes, Verdict verdict, Set<String> missing) {
        @Override
        public String toString() {
            return "  results sent: " + results + "\n  "
                    + outcomes.stream().map(Outcome::toString).collect(Collectors.joining("\n  "))
                    + "\n  transitions: " + verdict.transitions() + ", undisturbed " + verdict.undisturbedTransitions()
                    + ", differing: "
                    + (verdict.transitionDifferences().isEmpty() ? "none" : verdict.transitionDifferences())
                    + "\n  results not in Cassandra: " + missing.size();
        }

        /** What holds whatever befalls a deployment. */
        void assertNothingLost() {
            assertThat(verdict.transitionDifferences().toString()).isEmpty();
            assertThat(verdict.transitions()).isPositive();
            assertThat(verdict.deadLetters()).isZero();
            assertThat(missing).isEmpty();
        }
    }

    /**
     * @param kafka with the topics of the deployment
     * @param directory for the undisturbed run
     */
    DeploymentDrill(KafkaSettings kafka, Story story, int resultsPerSecond, Path directory) {
        this.kafka = kafka;
        this.directory = directory;
        this.story = story;
        this.resultsPerSecond = resultsPerSecond;
        this.admin = Admin.create(kafka.client());
        this.alarms = new AlarmsGroup(kafka);
        this.sink = new GroupOffsets(kafka, admin, kafka.topics().prefix().replaceAll("[.]$", "") + "-sink");
    }

    /**
     * Returns when all that was sent has been judged and stored, and compared.
     *
     * @param cassandra opens a session when all is over
     */
    Account run(List<Mishap> mishaps, Supplier<CqlSession> cassandra) {
        new Configuration(story).publish(kafka);
        try (Arrivals arrivals = new Arrivals(kafka);
                SteadyLoad load = new SteadyLoad(kafka, story, resultsPerSecond)) {
            await().atMost(PATIENCE).until(() -> arrivals.count() > 0);
            Pause.of(WARM_UP);
            List<Outcome> outcomes = new ArrayList<>();
            for (Mishap mishap : mishaps) {
                outcomes.add(outcome(mishap, arrivals));
                Pause.of(PEACE);
            }
            long results = load.end();
            awaitAllDone();
            return new Account(results, outcomes, Verdict.of(undisturbed(), kafka), missingRows(results, cassandra));
        }
    }

    @Override
    public void close() {
        alarms.close();
        admin.close();
    }

    private Outcome outcome(Mishap mishap, Arrivals arrivals) {
        long beganMs = System.currentTimeMillis();
        long ends = System.nanoTime() + mishap.lasts().toNanos();
        mishap.begin().run();
        Pause.until(ends);
        long ended = System.nanoTime();
        mishap.end().run();
        await().atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> mishap.over().getAsBoolean()
                        && isReplicated()
                        && arrivals.allAfter(beganMs, PARTITIONS).isPresent());
        return new Outcome(
                mishap.name(),
                arrivals.firstAfter(beganMs),
                arrivals.allAfter(beganMs, PARTITIONS),
                arrivals.slowestMs(beganMs, System.currentTimeMillis()),
                Duration.ofNanos(System.nanoTime() - ended));
    }

    /** Whether each replica of our topics is in sync. */
    private boolean isReplicated() {
        List<String> names =
                List.of(Topic.values()).stream().map(kafka.topics()::of).toList();
        return GroupOffsets.get(admin.describeTopics(names).allTopicNames()).values().stream()
                .flatMap(topic -> topic.partitions().stream())
                .allMatch(partition ->
                        partition.isr().size() == partition.replicas().size());
    }

    /** The same results, under another prefix, with nobody to disturb. */
    private KafkaSettings undisturbed() {
        KafkaSettings undisturbed =
                new KafkaSettings(kafka.bootstrapServers(), kafka.registryUrl(), new TopicNames("undisturbed."));
        new TopicSetup(admin, undisturbed.registry(), undisturbed.topics())
                .apply(Topic.DEFAULT_PARTITIONS, BROKERS_DEFAULT);
        UndisturbedRun.of(kafka, undisturbed, directory);
        return undisturbed;
    }

    private Set<String> missingRows(long results, Supplier<CqlSession> cassandra) {
        Set<String> missing = LongStream.range(0, results)
                .mapToObj(index -> StoredRows.place(story.result(index)))
                .collect(Collectors.toCollection(HashSet::new));
        try (CqlSession session = cassandra.get()) {
            missing.removeAll(new StoredRows(session, KEYSPACE).results());
        }
        return missing;
    }

    private void awaitAllDone() {
        await().atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> alarms.lag() == 0
                        && alarms.isAtRest()
                        && sink.lags(List.of(Topic.CHECK_RESULTS)).values().stream()
                                .allMatch(lag -> lag == 0));
    }
}
