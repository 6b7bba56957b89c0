package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import com.datastax.oss.driver.api.core.config.ProgrammaticDriverConfigLoaderBuilder;
import com.datastax.oss.driver.api.core.metadata.Node;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Opens the driver's session as sink and gateway need it. */
public final class CassandraSession {
    /** Far above what the barrier lets be in flight, so that the driver never refuses a write for want of room. */
    private static final int MAX_REQUESTS_PER_CONNECTION = 16_384;

    private static final int QUIET_TIME_MS = 100;
    private static final int CLOSED_WITHIN_MS = 15_000;

    private CassandraSession() {}

    /**
     * Connects once. Every statement is idempotent, because each carries its own write time.
     *
     * @throws UnusableCassandraException when no node answers, none accepts the credentials, or none is in the local data
     *     center; calling again is safe
     */
    public static CqlSession open(CassandraSettings settings) {
        try {
            CqlSession session = connect(settings);
            elsewhere(session, settings.localDatacenter()).ifPresent(fault -> {
                session.close();
                throw new UnusableCassandraException(fault);
            });
            return session;
        } catch (DriverException e) {
            throw UnusableCassandraException.because(settings, e);
        }
    }

    /**
     * Options for sessions that close in a tenth of a second. By default closing takes two seconds, and so does each attempt
     * to connect that fails. Without any quiet time, Netty sometimes logs an error about a listener that was notified too
     * late. The caller adds further options.
     */
    public static ProgrammaticDriverConfigLoaderBuilder closingQuickly() {
        return DriverConfigLoader.programmaticBuilder()
                .withString(DefaultDriverOption.NETTY_IO_SHUTDOWN_UNIT, TimeUnit.MILLISECONDS.name())
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_QUIET_PERIOD, QUIET_TIME_MS)
                .withInt(DefaultDriverOption.NETTY_IO_SHUTDOWN_TIMEOUT, CLOSED_WITHIN_MS)
                .withString(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_UNIT, TimeUnit.MILLISECONDS.name())
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_QUIET_PERIOD, QUIET_TIME_MS)
                .withInt(DefaultDriverOption.NETTY_ADMIN_SHUTDOWN_TIMEOUT, CLOSED_WITHIN_MS);
    }

    /** The driver ignores nodes of other data centers; without this, every request would fail and not say why. */
    private static Optional<String> elsewhere(CqlSession session, String localDatacenter) {
        Set<String> datacenters = new TreeSet<>();
        for (Node node : session.getMetadata().getNodes().values()) {
            Optional.ofNullable(node.getDatacenter()).ifPresent(datacenters::add);
        }
        return datacenters.contains(localDatacenter)
                ? Optional.empty()
                : Optional.of("Cassandra has no node in the data center " + localDatacenter + ": its nodes are in "
                        + String.join(", ", datacenters) + ". Mend " + CassandraSettings.LOCAL_DATACENTER);
    }

    private static CqlSession connect(CassandraSettings settings) {
        CqlSessionBuilder builder = CqlSession.builder()
                .addContactPoints(settings.contactPoints())
                .withLocalDatacenter(settings.localDatacenter())
                .withConfigLoader(closingQuickly()
                        .withString(
                                DefaultDriverOption.REQUEST_CONSISTENCY,
                                settings.consistency().name())
                        .withBoolean(DefaultDriverOption.REQUEST_DEFAULT_IDEMPOTENCE, true)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, Duration.ofSeconds(5))
                        .withInt(DefaultDriverOption.CONNECTION_MAX_REQUESTS, MAX_REQUESTS_PER_CONNECTION)
                        // A node that was away takes part again soon after it is back.
                        .withDuration(DefaultDriverOption.RECONNECTION_MAX_DELAY, Duration.ofSeconds(5))
                        // The first CREATE on a fresh node can take longer than the driver's two seconds.
                        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, Duration.ofSeconds(10))
                        .build());
        if (!settings.username().isEmpty()) {
            builder.withAuthCredentials(settings.username(), settings.password());
        }
        return builder.build();
    }
}
