package io.tidewatch.timeseries;

import io.tidewatch.settings.Settings;
import java.time.Duration;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/** How the keyspace and the tables are made when they don't exist: in how many copies, and how long rows live. */
public record TableSettings(
        int replicationFactor,
        Duration resultsKept,
        Map<Resolution, Duration> rollupsKept,
        Duration textsKept,
        Duration transitionsKept,
        Duration attemptsKept) {
    public static final String REPLICATION_FACTOR = "cassandra.replication.factor";
    public static final String RESULTS_KEPT = "cassandra.results.kept.hours";
    public static final String TEXTS_KEPT = "cassandra.texts.kept.days";
    public static final String TRANSITIONS_KEPT = "cassandra.transitions.kept.days";
    public static final String ATTEMPTS_KEPT = "cassandra.attempts.kept.days";

    /** How long raw results live by default. */
    public static final Duration RESULTS_KEPT_BY_DEFAULT = Duration.ofDays(2);

    /**
     * How long attempts to tell somebody live by default.
     *
     * <p>Source: the page on alarm notification history of Rackspace Cloud Monitoring's manual.
     */
    public static final Duration ATTEMPTS_KEPT_BY_DEFAULT = Duration.ofDays(30);

    private static final int LONGEST_DAYS = 20 * 365;

    public TableSettings {
        rollupsKept = Collections.unmodifiableMap(new EnumMap<>(rollupsKept));
    }

    /** The key for how long rollups of a resolution live. */
    public static String rollupsKeptKey(Resolution resolution) {
        return "cassandra.rollups." + resolution.minutes() + "m.kept.days";
    }

    /** Adds these keys to a part's definition. */
    public static ConfigDef define(ConfigDef definition) {
        definition.define(
                REPLICATION_FACTOR,
                Type.INT,
                1,
                Range.atLeast(1),
                Importance.MEDIUM,
                "Copies of each row in each data center, when the keyspace is created. 3 for three or more nodes."
                        + " A keyspace that has fewer is used, with a warning that says how to alter it.");
        definition.define(
                RESULTS_KEPT,
                Type.INT,
                Math.toIntExact(RESULTS_KEPT_BY_DEFAULT.toHours()),
                Range.between(1, 24 * 365),
                Importance.MEDIUM,
                "Hours for which raw results are kept, when their table is created.");
        for (Resolution resolution : Resolution.values()) {
            days(
                    definition,
                    rollupsKeptKey(resolution),
                    Math.toIntExact(keptByDefault(resolution).toDays()),
                    "rollups of " + resolution.minutes() + " minutes");
        }
        days(definition, TEXTS_KEPT, 365, "changes of text metrics");
        days(definition, TRANSITIONS_KEPT, 365, "transitions of alarms");
        days(
                definition,
                ATTEMPTS_KEPT,
                Math.toIntExact(ATTEMPTS_KEPT_BY_DEFAULT.toDays()),
                "attempts to tell somebody, and suppression logs,");
        return definition;
    }

    /** The defaults. */
    public static TableSettings defaults() {
        return from(Settings.of(define(new ConfigDef()), Map.of()));
    }

    public static TableSettings from(Settings settings) {
        Map<Resolution, Duration> rollupsKept = new EnumMap<>(Resolution.class);
        for (Resolution resolution : Resolution.values()) {
            rollupsKept.put(resolution, Duration.ofDays(settings.getInt(rollupsKeptKey(resolution))));
        }
        return new TableSettings(
                settings.getInt(REPLICATION_FACTOR),
                Duration.ofHours(settings.getInt(RESULTS_KEPT)),
                rollupsKept,
                Duration.ofDays(settings.getInt(TEXTS_KEPT)),
                Duration.ofDays(settings.getInt(TRANSITIONS_KEPT)),
                Duration.ofDays(settings.getInt(ATTEMPTS_KEPT)));
    }

    /**
     * How long rollups of a resolution live by default.
     *
     * <p>Source: the lifetimes that Rackspace Cloud Monitoring published for its metrics.
     */
    public static Duration keptByDefault(Resolution resolution) {
        return Duration.ofDays(
                switch (resolution) {
                    case MIN5 -> 10;
                    case MIN20 -> 20;
                    case MIN60 -> 155;
                    case MIN240 -> 300;
                    case MIN1440 -> 5 * 365;
                });
    }

    private static void days(ConfigDef definition, String key, int days, String what) {
        definition.define(
                key,
                Type.INT,
                days,
                Range.between(1, LONGEST_DAYS),
                Importance.MEDIUM,
                "Days for which " + what + " are kept, when their table is created.");
    }
}
