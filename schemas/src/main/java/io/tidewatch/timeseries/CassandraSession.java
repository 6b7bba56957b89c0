package io.tidewatch.timeseries;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import com.datastax.oss.driver.api.core.config.DriverConfigLoader;
import java.time.Duration;

/** Opens the driver's session as sink and gateway need it. */
final class CassandraSession {
    /** Far above what the barrier lets be in flight, so that the driver never refuses a write for want of room. */
    private static final int MAX_REQUESTS_PER_CONNECTION = 16_384;

    private CassandraSession() {}

    /**
     * Connects once. Every statement is idempotent, because each carries its own write time.
     *
     * @throws com.datastax.oss.driver.api.core.DriverException when no node answers, or none accepts the credentials;
     *     calling again is safe
     */
    static CqlSession open(CassandraSettings settings) {
        CqlSessionBuilder builder = CqlSession.builder()
                .addContactPoints(settings.contactPoints())
                .withLocalDatacenter(settings.localDatacenter())
                .withConfigLoader(DriverConfigLoader.programmaticBuilder()
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
