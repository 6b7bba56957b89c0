package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.schema.CheckResult;
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
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;

/** Lets a deployment work under load, and mishaps befall it, one after the other. One thread. */
final class DeploymentDrill implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    /** Young processes are slow, and how slow is not the question: for so long, no transition may have been. */
    private static final Duration CALM = Duration.ofSeconds(15);

    private static final String KEYSPACE = "tidewatch";
    private static final short BROKERS_DEFAULT = -1;

    private final KafkaSettings kafka;
    private final DrillStory story;
    private final Duration calm;
    private final Path directory;
    private final Admin admin;
    private final AlarmsGroup alarms;
    private final GroupOffsets sink;
    private final Arrivals arrivals;
    private final SteadyLoad load;
    private final List<Times> mishaps = new ArrayList<>();

    /**
     * What befalls the deployment.
     *
     * @param lasts how long after its begin it ends
     * @param over whether everything is again as it was before
     */
    record Mishap(String name, Runnable begin, Duration lasts, Runnable end, BooleanSupplier over) {}

    /** @param overMs when all was well again */
    private record Times(String name, long beganMs, long endedMs, long overMs) {}

    /**
     * What came of a mishap.
     *
     * @param firstAfterMs from its begin until a result sent after it had its transition readable
     * @param allAfterMs the same, until each partition had one
     * @param slowestMs the longest that a transition took whose result was sent since then, and before all was well again
     * @param recoveredAfter its end, all was well again
     */
    record Recovery(
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
     * @param recoveries in the order of the mishaps
     * @param verdict on what the alarms said, against an undisturbed run on the same results
     * @param missing results that are not in Cassandra
     */
    record Account(long results, List<Recovery> recoveries, Verdict verdict, Set<String> missing) {
        @Override
        public String toString() {
            return "  results sent: " + results + "\n  "
                    + recoveries.stream().map(Recovery::toString).collect(Collectors.joining("\n  "))
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
     * Puts load on a deployment.
     *
     * @param kafka with the topics of the deployment
     * @param way of the results; is closed with this
     * @param calm how long transitions take at most where nothing befalls a deployment on this machine
     * @param directory for the undisturbed run
     */
    DeploymentDrill(
            KafkaSettings kafka, Way way, DrillStory story, int resultsPerSecond, Duration calm, Path directory) {
        this.calm = calm;
        this.kafka = kafka;
        this.directory = directory;
        this.story = story;
        this.admin = Admin.create(kafka.client());
        this.alarms = new AlarmsGroup(kafka);
        this.sink = new GroupOffsets(kafka, admin, "sink");
        this.arrivals = new Arrivals(kafka);
        Configuration.of(story).publish(kafka);
        // An alarm that is read after its check's first results is another story than the undisturbed one.
        await().atMost(PATIENCE).until(() -> alarms.lag() == 0);
        this.load = new SteadyLoad(way, story, resultsPerSecond, Long.MAX_VALUE);
    }

    Arrivals arrivals() {
        return arrivals;
    }

    /** Returns when transitions have been fast for a while. */
    void awaitCalm() {
        long beganMs = System.currentTimeMillis();
        await().atMost(PATIENCE).pollInterval(LOOK_EVERY).until(() -> {
            long sinceMs = System.currentTimeMillis() - CALM.toMillis();
            return sinceMs > beganMs && arrivals.allWithin(sinceMs, calm.toMillis());
        });
    }

    /** Returns when the last of them is over. */
    void befall(List<Mishap> plan) {
        for (Mishap mishap : plan) {
            befall(mishap);
            awaitCalm();
        }
    }

    /**
     * Ends the load, and returns when all that was sent has been judged and stored, and compared.
     *
     * @param cassandra opens a session when all is over
     */
    Account account(Supplier<CqlSession> cassandra) {
        long sent = load.end();
        awaitAllDone();
        return new Account(
                sent,
                mishaps.stream().map(this::recovery).toList(),
                Verdict.of(undisturbed(), kafka),
                missingRows(sent, cassandra));
    }

    @Override
    public void close() {
        load.close();
        arrivals.close();
        alarms.close();
        admin.close();
    }

    private void befall(Mishap mishap) {
        long beganMs = System.currentTimeMillis();
        long ends = System.nanoTime() + mishap.lasts().toNanos();
        mishap.begin().run();
        Pause.until(ends);
        long endedMs = System.currentTimeMillis();
        mishap.end().run();
        await().atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> mishap.over().getAsBoolean()
                        && isReplicated()
                        && arrivals.allAfter(beganMs).isPresent());
        mishaps.add(new Times(mishap.name(), beganMs, endedMs, System.currentTimeMillis()));
    }

    private Recovery recovery(Times mishap) {
        return new Recovery(
                mishap.name(),
                arrivals.firstAfter(mishap.beganMs()),
                arrivals.allAfter(mishap.beganMs()),
                arrivals.slowestMs(mishap.beganMs(), mishap.overMs()),
                Duration.ofMillis(mishap.overMs() - mishap.endedMs()));
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

    /** Of what the load sent, and of what else got into Kafka. */
    private Set<String> missingRows(long sent, Supplier<CqlSession> cassandra) {
        Set<String> missing = LongStream.range(0, sent)
                .mapToObj(index -> StoredRows.place(story.result(index)))
                .collect(Collectors.toCollection(HashSet::new));
        new TopicContents(kafka)
                .committedByKey(Topic.CHECK_RESULTS, CheckResult.class)
                .values()
                .forEach(results -> results.forEach(result -> missing.add(StoredRows.place(result))));
        try (CqlSession session = cassandra.get()) {
            missing.removeAll(new StoredRows(session, KEYSPACE).results());
        }
        return missing;
    }

    private void awaitAllDone() {
        await().atMost(PATIENCE)
                .pollInterval(LOOK_EVERY)
                .until(() -> alarms.lag() == 0 && alarms.isAtRest() && sink.haveRead(List.of(Topic.CHECK_RESULTS)));
    }
}
