package io.tidewatch.streams;

import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.runtime.application.ApplicationSettings;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidList;

/**
 * The settings of the stream applications.
 */
public record StreamsAppConfig(
        KafkaSettings kafka,
        Set<Application> applications,
        RuntimeSettings runtime,
        OperationsSettings operations,
        int transactionTimeoutMs,
        int rollupsTransactionTimeoutMs,
        int sinkPollTimeoutMs,
        RollUpMetrics.Times rollupTimes,
        int sinkWritesInFlight,
        CassandraSettings cassandra,
        TableSettings tables,
        Settings settings) {
    public static final String APPLICATIONS = "applications";
    public static final String TRANSACTION_TIMEOUT = "transaction.timeout.ms";
    public static final String ROLLUPS_TRANSACTION_TIMEOUT = "rollups.transaction.timeout.ms";
    public static final String SINK_POLL_TIMEOUT = "sink.poll.timeout.ms";
    public static final String ROLLUPS_GRACE = "rollups.grace.seconds";
    public static final String ROLLUPS_IDLE = "rollups.idle.seconds";
    public static final String ROLLUPS_LATENESS = "rollups.lateness.hours";
    public static final String SINK_IN_FLIGHT = "sink.writes.in.flight";

    /** An application by its name in {@code applications}. */
    public enum Application {
        ALARMS(
                50,
                EnumSet.of(Topic.CHECK_RESULTS, Topic.CHECKS, Topic.ALARMS, Topic.ENTITIES),
                EnumSet.of(Topic.ALERT_EVENTS, Topic.ALARM_STATES, Topic.DEAD_LETTERS)),
        ROLLUPS(
                1000,
                EnumSet.of(Topic.CHECK_RESULTS),
                EnumSet.of(Topic.METRIC_ROLLUPS, Topic.TEXT_CHANGES, Topic.DEAD_LETTERS)),
        SINK(
                1000,
                EnumSet.of(
                        Topic.CHECK_RESULTS,
                        Topic.METRIC_ROLLUPS,
                        Topic.TEXT_CHANGES,
                        Topic.ALERT_EVENTS,
                        Topic.ALARM_STATES,
                        Topic.DELIVERY_ATTEMPTS),
                EnumSet.of(Topic.DEAD_LETTERS));

        private final int defaultCommitIntervalMs;
        private final Set<Topic> topicsRead;
        private final Set<Topic> topicsWritten;

        Application(int defaultCommitIntervalMs, Set<Topic> topicsRead, Set<Topic> topicsWritten) {
            this.defaultCommitIntervalMs = defaultCommitIntervalMs;
            this.topicsRead = Collections.unmodifiableSet(topicsRead);
            this.topicsWritten = Collections.unmodifiableSet(topicsWritten);
        }

        /** The topics that its topology reads. */
        public Set<Topic> topicsRead() {
            return topicsRead;
        }

        /** The topics that its topology writes, dead letters included. */
        public Set<Topic> topicsWritten() {
            return topicsWritten;
        }

        /** What users call it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The key for its number of threads. */
        public String threadsKey() {
            return label() + ".threads";
        }

        /** The key for its commit interval. */
        public String commitIntervalKey() {
            return label() + ".commit.interval.ms";
        }

        static Application of(String label) {
            return valueOf(label.toUpperCase(Locale.ROOT));
        }
    }

    /** Every key, with its default and what it means. */
    public static ConfigDef definition() {
        ConfigDef shared = OperationsSettings.define(KafkaSettings.define(new ConfigDef()));
        ConfigDef definition = RuntimeSettings.define(
                        TableSettings.define(CassandraSettings.define(shared)), "data/streams")
                .define(
                        APPLICATIONS,
                        Type.LIST,
                        "alarms,rollups,sink",
                        ValidList.in(false, "alarms", "rollups", "sink"),
                        Importance.HIGH,
                        "Which applications this process runs: alarms, rollups and sink, or some of them, separated by commas."
                                + " Each runs somewhere exactly when the whole system works.")
                .define(
                        TRANSACTION_TIMEOUT,
                        Type.INT,
                        6000,
                        Range.between(1000, 300_000),
                        Importance.MEDIUM,
                        "Milliseconds after which the broker ends the transaction of a process that died and does not come"
                                + " back, and at which one that hangs is shut out. The broker looks every"
                                + " transaction.abort.timed.out.transaction.cleanup.interval.ms, 10000 by default. Records of"
                                + " alarms that take longer fail, and are put aside when they do so twice in a row.")
                // At midnight the windows of all resolutions are over at once. On a busy machine that transaction took
                // more than the 6 s that suffice for alarms, the broker ended it, and all of it had to be done again.
                // Source: the loss drill.
                .define(
                        ROLLUPS_TRANSACTION_TIMEOUT,
                        Type.INT,
                        60_000,
                        Range.between(1000, 900_000),
                        Importance.LOW,
                        "The same for rollups, of which nobody is woken when they come a minute later.")
                .define(
                        SINK_POLL_TIMEOUT,
                        Type.INT,
                        60_000,
                        Range.between(1000, 900_000),
                        Importance.LOW,
                        "Milliseconds after which a thread of the sink that hangs loses its partitions. Records that take"
                                + " longer fail, and are put aside when they do so twice in a row. Longer than "
                                + RuntimeSettings.SESSION_TIMEOUT + ".")
                .define(
                        ROLLUPS_GRACE,
                        Type.INT,
                        30,
                        Range.between(0, 3600),
                        Importance.LOW,
                        "Seconds for which a window waits for stragglers after its end before its rollups are published.")
                .define(
                        ROLLUPS_IDLE,
                        Type.INT,
                        30,
                        Range.between(1, 3600),
                        Importance.LOW,
                        "Seconds without any result, and with none waiting, after which windows end by the wall clock.")
                .define(
                        ROLLUPS_LATENESS,
                        Type.INT,
                        48,
                        Range.between(1, 24 * 7),
                        Importance.LOW,
                        "Hours that a result may be late to still correct published rollups.")
                .define(
                        SINK_IN_FLIGHT,
                        Type.INT,
                        2048,
                        Range.between(1, 10_000),
                        Importance.LOW,
                        "Writes on their way to Cassandra at which no more records are fetched.");
        for (Application application : Application.values()) {
            definition
                    .define(
                            application.threadsKey(),
                            Type.INT,
                            1,
                            Range.between(1, 256),
                            Importance.MEDIUM,
                            "Threads of the application " + application.label() + ".")
                    .define(
                            application.commitIntervalKey(),
                            Type.INT,
                            application.defaultCommitIntervalMs,
                            Range.between(10, 5000),
                            Importance.LOW,
                            "Milliseconds between commits of the application " + application.label()
                                    + "; what it publishes can be read after each.");
        }
        return definition;
    }

    /** @throws SettingsException when settings that depend on each other don't fit */
    public static StreamsAppConfig from(Settings settings) {
        requireSinkToOutwaitTheDead(
                settings.getInt(SINK_POLL_TIMEOUT), settings.getInt(RuntimeSettings.SESSION_TIMEOUT));
        Set<Application> applications = new TreeSet<>();
        List<String> labels = settings.getList(APPLICATIONS);
        labels.forEach(label -> applications.add(Application.of(label)));
        return new StreamsAppConfig(
                KafkaSettings.from(settings),
                applications,
                RuntimeSettings.from(settings),
                OperationsSettings.from(settings),
                settings.getInt(TRANSACTION_TIMEOUT),
                settings.getInt(ROLLUPS_TRANSACTION_TIMEOUT),
                settings.getInt(SINK_POLL_TIMEOUT),
                new RollUpMetrics.Times(
                        Duration.ofSeconds(settings.getInt(ROLLUPS_GRACE)),
                        Duration.ofSeconds(settings.getInt(ROLLUPS_IDLE)),
                        Duration.ofHours(settings.getInt(ROLLUPS_LATENESS))),
                settings.getInt(SINK_IN_FLIGHT),
                CassandraSettings.from(settings),
                TableSettings.from(settings),
                settings);
    }

    /**
     * A group that rebalances waits for its members as long as a poll may take, and begins the session of each member anew
     * when it has, of a dead one too. With sessions longer than that, a dead thread is a member for ever, and keeps its
     * partitions: the sink rebalanced every three seconds, and no record of them was processed. Source: Kafka 4.3.1, {@code
     * GroupMetadataManager.completeClassicGroupJoin}.
     */
    private static void requireSinkToOutwaitTheDead(int pollTimeoutMs, int sessionMs) {
        if (pollTimeoutMs <= sessionMs) {
            throw new SettingsException(
                    SINK_POLL_TIMEOUT + " is " + pollTimeoutMs + ", and " + RuntimeSettings.SESSION_TIMEOUT + " is "
                            + sessionMs
                            + ": the former has to be longer than the latter, because a thread that died would keep its"
                            + " partitions for ever otherwise.",
                    null);
        }
    }

    /** The topics that the applications of this process read. */
    Set<Topic> topicsRead() {
        return topics(Application::topicsRead);
    }

    /** The topics that the applications of this process write. */
    Set<Topic> topicsWritten() {
        return topics(Application::topicsWritten);
    }

    private Set<Topic> topics(Function<Application, Set<Topic>> used) {
        return applications.stream()
                .flatMap(application -> used.apply(application).stream())
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));
    }

    /** What one application is set to, as Kafka Streams needs it. */
    ApplicationSettings of(Application application) {
        return new ApplicationSettings(
                application.label(),
                applicationId(application),
                kafka,
                runtime,
                settings.getInt(application.threadsKey()),
                settings.getInt(application.commitIntervalKey()),
                recordTimeoutMs(application));
    }

    private int recordTimeoutMs(Application application) {
        return switch (application) {
            case ALARMS -> transactionTimeoutMs;
            case ROLLUPS -> rollupsTransactionTimeoutMs;
            case SINK -> sinkPollTimeoutMs;
        };
    }

    /** The {@code application.id}: also the consumer group and the front of the changelog topics' names. */
    public String applicationId(Application application) {
        return ApplicationSettings.id(kafka.topics(), application.label());
    }
}
