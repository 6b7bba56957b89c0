package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.ConsistencyLevel;
import com.datastax.oss.driver.api.core.DefaultConsistencyLevel;
import io.tidewatch.settings.Settings;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where Cassandra is, and when a request to it counts as done.
 *
 * @param username empty when Cassandra asks for none
 */
public record CassandraSettings(
        List<InetSocketAddress> contactPoints,
        String localDatacenter,
        String username,
        String password,
        String keyspace,
        ConsistencyLevel consistency) {
    public static final String CONTACT_POINTS = "cassandra.contact.points";
    public static final String LOCAL_DATACENTER = "cassandra.local.datacenter";
    public static final String USERNAME = "cassandra.username";
    public static final String PASSWORD = "cassandra.password";
    public static final String KEYSPACE = "cassandra.keyspace";
    public static final String CONSISTENCY = "cassandra.consistency";

    private static final Pattern CONTACT_POINT =
            Pattern.compile("(?<host>[^:\\s]+|\\[[0-9a-fA-F:]+])(:(?<port>\\d{1,5}))?");
    private static final Pattern KEYSPACE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,47}");
    private static final int DEFAULT_PORT = 9042;

    /** Adds these keys to a part's definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        CONTACT_POINTS,
                        Type.LIST,
                        "localhost:9042",
                        matching(CONTACT_POINT, "host or host:port, separated by commas"),
                        Importance.HIGH,
                        "Cassandra nodes to begin with, as host:port, separated by commas. The port may be left out: 9042.")
                .define(
                        LOCAL_DATACENTER,
                        Type.STRING,
                        "datacenter1",
                        new ConfigDef.NonEmptyString(),
                        Importance.HIGH,
                        "The data center of those nodes; requests go to no other. 'nodetool status' shows its name.")
                .define(USERNAME, Type.STRING, "", Importance.MEDIUM, "The Cassandra role; empty for none.")
                .define(PASSWORD, Type.PASSWORD, "", Importance.MEDIUM, "The password of that role.")
                .define(
                        KEYSPACE,
                        Type.STRING,
                        "tidewatch",
                        matching(KEYSPACE_NAME, "lower-case letters, digits and _, at most 48, a letter first"),
                        Importance.MEDIUM,
                        "The keyspace of the tables.")
                .define(
                        CONSISTENCY,
                        Type.STRING,
                        DefaultConsistencyLevel.LOCAL_ONE.name(),
                        ValidString.in(
                                DefaultConsistencyLevel.LOCAL_ONE.name(), DefaultConsistencyLevel.LOCAL_QUORUM.name()),
                        Importance.MEDIUM,
                        "How many copies of a row answer before a request counts as done: LOCAL_ONE for one copy, LOCAL_QUORUM"
                                + " for three. With LOCAL_QUORUM for writes and reads, what was written is read.");
    }

    public static CassandraSettings from(Settings settings) {
        return new CassandraSettings(
                settings.getList(CONTACT_POINTS).stream()
                        .map(CassandraSettings::address)
                        .toList(),
                settings.getString(LOCAL_DATACENTER),
                settings.getString(USERNAME),
                settings.getPassword(PASSWORD).value(),
                settings.getString(KEYSPACE),
                DefaultConsistencyLevel.valueOf(settings.getString(CONSISTENCY)));
    }

    /** Without the password. */
    @Override
    public String toString() {
        return nodes() + " (data center " + localDatacenter + ", keyspace " + keyspace + ")";
    }

    /** The contact points, as they are written in the settings. */
    String nodes() {
        return contactPoints.stream()
                .map(node -> node.getHostString() + ":" + node.getPort())
                .collect(Collectors.joining(","));
    }

    private static InetSocketAddress address(String contactPoint) {
        Matcher parts = CONTACT_POINT.matcher(contactPoint);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a contact point: " + contactPoint);
        }
        String port = parts.group("port");
        // Unresolved, so that a name that can't be found yet is not an error of the settings.
        return InetSocketAddress.createUnresolved(
                parts.group("host"), port == null ? DEFAULT_PORT : Integer.parseInt(port));
    }

    private static LambdaValidator matching(Pattern pattern, String accepted) {
        return LambdaValidator.with(
                (key, value) -> {
                    List<?> texts = value instanceof List<?> list ? list : Arrays.asList(value);
                    if (texts.isEmpty()
                            || !texts.stream()
                                    .allMatch(text -> pattern.matcher(String.valueOf(text))
                                            .matches())) {
                        throw new ConfigException(key, value, "accepted: " + accepted);
                    }
                },
                () -> accepted);
    }
}
