package io.tidewatch.runtime.application;

import io.tidewatch.settings.Settings;
import java.nio.file.Path;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The settings that every part with stream applications has.
 *
 * @param stateDir of the process: Kafka Streams makes a folder for each application in it
 * @param internalReplication replicas of changelog topics; -1 for the broker's default
 * @param standbys how many further processes keep a copy of each state
 */
public record RuntimeSettings(Path stateDir, int internalReplication, int standbys, int sessionTimeoutMs) {
    public static final String STATE_DIR = "state.dir";
    public static final String INTERNAL_REPLICATION = "internal.topics.replication.factor";
    public static final String STANDBYS = "standby.replicas";
    public static final String SESSION_TIMEOUT = "session.timeout.ms";

    /**
     * Adds these keys to a part's definition.
     *
     * @param stateDir where local state is when nobody says so
     */
    public static ConfigDef define(ConfigDef definition, String stateDir) {
        return definition
                .define(
                        STATE_DIR,
                        Type.STRING,
                        stateDir,
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "The directory for local state; a folder for each application is made in it.")
                .define(
                        INTERNAL_REPLICATION,
                        Type.INT,
                        -1,
                        Range.atLeast(-1),
                        Importance.MEDIUM,
                        "Replicas of the changelog topics when they are created; -1 for the broker's default.")
                .define(
                        STANDBYS,
                        Type.INT,
                        0,
                        Range.atLeast(0),
                        Importance.MEDIUM,
                        "Further processes that keep a warm copy of each state; 1 halves the time without alarms after a crash.")
                .define(
                        SESSION_TIMEOUT,
                        Type.INT,
                        6000,
                        Range.between(1000, 300_000),
                        Importance.MEDIUM,
                        "Milliseconds after which others take over from a process that died and does not come back."
                                + " Clients wait for a broker that does not answer for parts of it."
                                + " Not less than the broker's group.min.session.timeout.ms, 6000 by default.");
    }

    public static RuntimeSettings from(Settings settings) {
        return new RuntimeSettings(
                Path.of(settings.getString(STATE_DIR)),
                settings.getInt(INTERNAL_REPLICATION),
                settings.getInt(STANDBYS),
                settings.getInt(SESSION_TIMEOUT));
    }
}
