package io.tidewatch.gateway;

import io.tidewatch.gateway.resource.ResourceBounds;
import io.tidewatch.gateway.server.DoorBounds;
import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.timeseries.CassandraSettings;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;

/**
 * The gateway's settings.
 *
 * @param publicUrl what URLs in answers begin with; empty to take it from the request
 * @param secrets seals tenants' secrets; empty when there is no key for it
 */
public record GatewayConfig(
        KafkaSettings kafka,
        CassandraSettings cassandra,
        Duration readTimeout,
        String httpHost,
        int httpPort,
        int maxConnections,
        int maxConnectionsPerAddress,
        Duration patience,
        String publicUrl,
        OperationsSettings operations,
        Duration writeTimeout,
        Duration shutdownTimeout,
        int minCheckPeriodSeconds,
        int maxEntitiesPerTenant,
        int maxChecksPerTenant,
        int maxAlarmsPerTenant,
        int maxNotificationsPerTenant,
        int maxNotificationPlansPerTenant,
        int maxSuppressionsPerTenant,
        int maxSilencesPerTenant,
        Duration longestSilence,
        int maxMaintenanceWindowsPerTenant,
        int maxInhibitionsPerTenant,
        int maxConfigurationBytesPerTenant,
        Duration maxResultAge,
        Duration maxResultFuture,
        Duration testTimeout,
        Optional<SecretBox> secrets) {
    public static final String HTTP_HOST = "http.host";
    public static final String HTTP_PORT = "http.port";
    public static final String MAX_CONNECTIONS = "http.connections.max";
    public static final String MAX_CONNECTIONS_PER_ADDRESS = "http.connections.address.max";
    public static final String PATIENCE_MS = "http.patience.ms";
    public static final String PUBLIC_URL = "public.url";
    public static final String WRITE_TIMEOUT_MS = "write.timeout.ms";
    public static final String READ_TIMEOUT_MS = "read.timeout.ms";
    public static final String SHUTDOWN_TIMEOUT_MS = "shutdown.timeout.ms";
    public static final String MIN_CHECK_PERIOD_SECONDS = "check.period.min.seconds";
    public static final String MAX_ENTITIES_PER_TENANT = "tenant.entities.max";
    public static final String MAX_CHECKS_PER_TENANT = "tenant.checks.max";
    public static final String MAX_ALARMS_PER_TENANT = "tenant.alarms.max";
    public static final String MAX_NOTIFICATIONS_PER_TENANT = "tenant.notifications.max";
    public static final String MAX_NOTIFICATION_PLANS_PER_TENANT = "tenant.notification_plans.max";
    public static final String MAX_SUPPRESSIONS_PER_TENANT = "tenant.suppressions.max";
    public static final String MAX_SILENCES_PER_TENANT = "tenant.silences.max";
    public static final String MAX_SILENCE_SECONDS = "tenant.silence.max.seconds";
    public static final String MAX_MAINTENANCE_WINDOWS_PER_TENANT = "tenant.maintenance_windows.max";
    public static final String MAX_INHIBITIONS_PER_TENANT = "tenant.inhibitions.max";
    public static final String MAX_CONFIGURATION_BYTES_PER_TENANT = "tenant.configuration.max.bytes";
    public static final String MAX_RESULT_AGE_SECONDS = "result.age.max.seconds";
    public static final String MAX_RESULT_FUTURE_SECONDS = "result.future.max.seconds";

    public static final String TEST_TIMEOUT_MS = "test.timeout.ms";

    /** Every key, with its default and its documentation. */
    public static final ConfigDef DEFINITION = SecretBox.define(
                    CassandraSettings.define(OperationsSettings.define(KafkaSettings.define(new ConfigDef()))))
            .define(
                    HTTP_HOST,
                    Type.STRING,
                    "127.0.0.1",
                    Importance.MEDIUM,
                    "Address that the API listens on. Whoever reaches it may do everything, as every tenant: give another one, "
                            + "such as 0.0.0.0 for all, only where something in front of it decides who may.")
            .define(
                    HTTP_PORT,
                    Type.INT,
                    8080,
                    Range.between(0, 65535),
                    Importance.HIGH,
                    "TCP port of the API; 0 for a free one.")
            .define(
                    MAX_CONNECTIONS,
                    Type.INT,
                    5_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many connections to the API there may be; further ones are closed at once.")
            .define(
                    MAX_CONNECTIONS_PER_ADDRESS,
                    Type.INT,
                    2_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many connections to the API there may be from one IPv4 address, or from one IPv6 network of 64 bits. "
                            + "Behind a proxy all clients have its address.")
            .define(
                    PATIENCE_MS,
                    Type.INT,
                    10_000,
                    Range.between(100, 600_000),
                    Importance.LOW,
                    "Milliseconds that a client may take to send a body or to read an answer, and a second more for each "
                            + "16384 bytes of it; thrice as long, and 30 seconds at most, for the headers.")
            .define(
                    PUBLIC_URL,
                    Type.STRING,
                    "",
                    Importance.MEDIUM,
                    "What the API's URLs begin with for its users, such as https://monitoring.example.org; "
                            + "empty to take it from each request's Host header.")
            .define(
                    WRITE_TIMEOUT_MS,
                    Type.INT,
                    10_000,
                    Range.between(1_000, 120_000),
                    Importance.MEDIUM,
                    "Milliseconds that a request waits for Kafka's acknowledgement before it is answered with 503.")
            .define(
                    READ_TIMEOUT_MS,
                    Type.INT,
                    5_000,
                    Range.between(100, 60_000),
                    Importance.MEDIUM,
                    "Milliseconds that a request waits for Cassandra before it is answered with 503.")
            .define(
                    SHUTDOWN_TIMEOUT_MS,
                    Type.INT,
                    2_000,
                    Range.between(0, 2_500),
                    Importance.LOW,
                    "Milliseconds that requests under way get to finish when the gateway is stopped; 0 to cut them off.")
            .define(
                    MIN_CHECK_PERIOD_SECONDS,
                    Type.INT,
                    30,
                    Range.between(2, 1800),
                    Importance.MEDIUM,
                    "The shortest period, in seconds, that a check may have.")
            .define(
                    MAX_ENTITIES_PER_TENANT,
                    Type.INT,
                    10_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many entities a tenant may have.")
            .define(
                    MAX_CHECKS_PER_TENANT,
                    Type.INT,
                    1_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many checks a tenant may have.")
            .define(
                    MAX_ALARMS_PER_TENANT,
                    Type.INT,
                    10_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many alarms a tenant may have.")
            .define(
                    MAX_NOTIFICATIONS_PER_TENANT,
                    Type.INT,
                    1_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many notifications a tenant may have.")
            .define(
                    MAX_NOTIFICATION_PLANS_PER_TENANT,
                    Type.INT,
                    1_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many notification plans a tenant may have.")
            .define(
                    MAX_SUPPRESSIONS_PER_TENANT,
                    Type.INT,
                    1_000,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many suppressions a tenant may have.")
            .define(
                    MAX_SILENCES_PER_TENANT,
                    Type.INT,
                    500,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many silences a tenant may have.")
            .define(
                    MAX_SILENCE_SECONDS,
                    Type.INT,
                    7_776_000,
                    Range.atLeast(60),
                    Importance.LOW,
                    "Seconds that a silence may last: 90 days where nothing else is said.")
            .define(
                    MAX_MAINTENANCE_WINDOWS_PER_TENANT,
                    Type.INT,
                    100,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many maintenance windows a tenant may have.")
            .define(
                    MAX_INHIBITIONS_PER_TENANT,
                    Type.INT,
                    100,
                    Range.atLeast(1),
                    Importance.LOW,
                    "How many inhibitions a tenant may have.")
            .define(
                    MAX_CONFIGURATION_BYTES_PER_TENANT,
                    Type.INT,
                    33_554_432,
                    Range.atLeast(65_536),
                    Importance.LOW,
                    "Bytes of the gateway's memory that one tenant's resources may take, about: an alarm with "
                            + "short criteria takes some 700. All tenants' together may take a quarter of the heap.")
            .define(
                    MAX_RESULT_AGE_SECONDS,
                    Type.INT,
                    172_800,
                    Range.atLeast(1),
                    Importance.LOW,
                    "Seconds; a check result whose timestamp is older is refused.")
            .define(
                    MAX_RESULT_FUTURE_SECONDS,
                    Type.INT,
                    600,
                    Range.atLeast(0),
                    Importance.LOW,
                    "Seconds; a check result whose timestamp is further ahead of the gateway's clock is refused.")
            .define(
                    TEST_TIMEOUT_MS,
                    Type.INT,
                    20_000,
                    Range.between(100, 60_000),
                    Importance.LOW,
                    "Milliseconds that the test of a notification waits for the receiver's answer before it is answered with "
                            + "504. A notifier gives a receiver the time of its attempt.deadline.ms.");

    /** What the API's server lets in, of this process's memory. */
    DoorBounds doorBounds() {
        return new DoorBounds(
                maxConnections,
                maxConnectionsPerAddress,
                patience,
                writeTimeout,
                Runtime.getRuntime().maxMemory(),
                Runtime.getRuntime().availableProcessors());
    }

    /** How much of this process's memory the configuration may take. */
    ResourceBounds resourceBounds() {
        return new ResourceBounds(
                maxConfigurationBytesPerTenant, Runtime.getRuntime().maxMemory() / 4);
    }

    static GatewayConfig from(Settings settings) {
        return new GatewayConfig(
                KafkaSettings.from(settings),
                CassandraSettings.from(settings),
                Duration.ofMillis(settings.getInt(READ_TIMEOUT_MS)),
                settings.getString(HTTP_HOST),
                settings.getInt(HTTP_PORT),
                settings.getInt(MAX_CONNECTIONS),
                settings.getInt(MAX_CONNECTIONS_PER_ADDRESS),
                Duration.ofMillis(settings.getInt(PATIENCE_MS)),
                settings.getString(PUBLIC_URL),
                OperationsSettings.from(settings),
                Duration.ofMillis(settings.getInt(WRITE_TIMEOUT_MS)),
                Duration.ofMillis(settings.getInt(SHUTDOWN_TIMEOUT_MS)),
                settings.getInt(MIN_CHECK_PERIOD_SECONDS),
                settings.getInt(MAX_ENTITIES_PER_TENANT),
                settings.getInt(MAX_CHECKS_PER_TENANT),
                settings.getInt(MAX_ALARMS_PER_TENANT),
                settings.getInt(MAX_NOTIFICATIONS_PER_TENANT),
                settings.getInt(MAX_NOTIFICATION_PLANS_PER_TENANT),
                settings.getInt(MAX_SUPPRESSIONS_PER_TENANT),
                settings.getInt(MAX_SILENCES_PER_TENANT),
                Duration.ofSeconds(settings.getInt(MAX_SILENCE_SECONDS)),
                settings.getInt(MAX_MAINTENANCE_WINDOWS_PER_TENANT),
                settings.getInt(MAX_INHIBITIONS_PER_TENANT),
                settings.getInt(MAX_CONFIGURATION_BYTES_PER_TENANT),
                Duration.ofSeconds(settings.getInt(MAX_RESULT_AGE_SECONDS)),
                Duration.ofSeconds(settings.getInt(MAX_RESULT_FUTURE_SECONDS)),
                Duration.ofMillis(settings.getInt(TEST_TIMEOUT_MS)),
                SecretBox.from(settings));
    }
}
