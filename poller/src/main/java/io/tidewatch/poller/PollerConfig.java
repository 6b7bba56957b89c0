package io.tidewatch.poller;

import io.netty.util.NetUtil;
import io.tidewatch.addresses.Cidr;
import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.schema.TargetResolver;
import io.tidewatch.settings.EachElement;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigDef.ValidString;
import org.apache.kafka.common.config.ConfigException;

/**
 * How a poller is set up.
 *
 * @param zoneId the monitoring zone whose checks it runs
 * @param collectorId its own name in results
 * @param allowedTargets special-purpose addresses that checks may reach nonetheless
 * @param deniedTargets addresses that checks may not reach
 * @param preferredFamily which addresses a check gets that does not say
 * @param nameServers who resolves names; none for the operating system's
 * @param maxRuns how many runs may be going at the same time
 * @param threads event loops; 0 for one per processor
 * @param bufferBytes how many bytes of results may wait for Kafka
 * @param kept how long a result may wait for Kafka
 */
public record PollerConfig(
        KafkaSettings kafka,
        String zoneId,
        String collectorId,
        OperationsSettings operations,
        List<Cidr> allowedTargets,
        List<Cidr> deniedTargets,
        TargetResolver preferredFamily,
        List<InetSocketAddress> nameServers,
        int maxRuns,
        int threads,
        long bufferBytes,
        Duration kept) {
    public static final String ZONE_ID = "zone.id";
    public static final String COLLECTOR_ID = "collector.id";
    public static final String TARGETS_ALLOW = "targets.allow";
    public static final String TARGETS_DENY = "targets.deny";
    public static final String TARGETS_FAMILY = "targets.family";
    public static final String DNS_SERVERS = "dns.servers";
    public static final String RUNS_MAX = "runs.max";
    public static final String RUNS_THREADS = "runs.threads";
    public static final String RESULTS_BUFFER_BYTES = "results.buffer.bytes";
    public static final String RESULTS_KEEP_SECONDS = "results.keep.seconds";

    /** Every setting of a poller. */
    public static final ConfigDef DEFINITION = OperationsSettings.define(KafkaSettings.define(new ConfigDef()))
            .define(
                    ZONE_ID,
                    Type.STRING,
                    ConfigDef.NO_DEFAULT_VALUE,
                    id(1),
                    Importance.HIGH,
                    "The monitoring zone whose checks this poller runs, such as mzdfw.")
            .define(
                    COLLECTOR_ID,
                    Type.STRING,
                    "",
                    id(0),
                    Importance.LOW,
                    "This poller's own name in its results; empty for the host's name and the process id.")
            .define(
                    TARGETS_ALLOW,
                    Type.LIST,
                    List.of(),
                    EachElement.parsesBy(Cidr::parse, "address ranges"),
                    Importance.HIGH,
                    "Special-purpose addresses (loopback, private networks and so on) that checks may reach"
                            + " nonetheless: ranges such as 10.0.0.0/8 or fd00::/8, separated by commas.")
            .define(
                    TARGETS_DENY,
                    Type.LIST,
                    List.of(),
                    EachElement.parsesBy(Cidr::parse, "address ranges"),
                    Importance.HIGH,
                    "Addresses that no check may reach, such as those of our own servers: ranges such as"
                            + " 192.0.2.0/24, separated by commas. Wins over targets.allow.")
            .define(
                    TARGETS_FAMILY,
                    Type.STRING,
                    "IPv4",
                    ValidString.in("IPv4", "IPv6"),
                    Importance.LOW,
                    "The addresses that are looked for first, IPv4 or IPv6, for a check without target_resolver.")
            .define(
                    DNS_SERVERS,
                    Type.LIST,
                    List.of(),
                    EachElement.parsesBy(PollerConfig::nameServer, "name servers"),
                    Importance.LOW,
                    "Addresses of the name servers that resolve targets, separated by commas; a port other than 53"
                            + " follows as #5353. Empty for those of the operating system.")
            .define(
                    RUNS_MAX,
                    Type.INT,
                    5000,
                    Range.between(1, 1_000_000),
                    Importance.MEDIUM,
                    "How many runs of checks may be going at the same time.")
            .define(
                    RUNS_THREADS,
                    Type.INT,
                    0,
                    Range.between(0, 1024),
                    Importance.LOW,
                    "Threads that runs share; 0 for one per processor.")
            .define(
                    RESULTS_BUFFER_BYTES,
                    Type.LONG,
                    32L * 1024 * 1024,
                    Range.atLeast(1024 * 1024),
                    Importance.LOW,
                    "Bytes of results that may wait while Kafka is away; what comes beyond is dropped.")
            .define(
                    RESULTS_KEEP_SECONDS,
                    Type.INT,
                    600,
                    Range.between(30, 86_400),
                    Importance.LOW,
                    "Seconds that a result may wait while Kafka is away; what is older is dropped.");

    /** The settings as values, which are known to be good. */
    public static PollerConfig from(Settings settings) {
        return new PollerConfig(
                KafkaSettings.from(settings),
                settings.getString(ZONE_ID),
                collectorId(settings.getString(COLLECTOR_ID)),
                OperationsSettings.from(settings),
                settings.getList(TARGETS_ALLOW).stream().map(Cidr::parse).toList(),
                settings.getList(TARGETS_DENY).stream().map(Cidr::parse).toList(),
                TargetResolver.valueOf(settings.getString(TARGETS_FAMILY)),
                settings.getList(DNS_SERVERS).stream()
                        .map(PollerConfig::nameServer)
                        .toList(),
                settings.getInt(RUNS_MAX),
                settings.getInt(RUNS_THREADS),
                settings.getLong(RESULTS_BUFFER_BYTES),
                Duration.ofSeconds(settings.getInt(RESULTS_KEEP_SECONDS)));
    }

    private static String collectorId(String configured) {
        return configured.isEmpty() ? hostName() + "-" + ProcessHandle.current().pid() : configured;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "unknown-host";
        }
    }

    private static InetSocketAddress nameServer(String text) {
        String[] parts = text.split("#", 2);
        byte[] address = NetUtil.createByteArrayFromIpAddressString(parts[0]);
        if (address == null) {
            throw new IllegalArgumentException("'" + text + "' does not begin with an IPv4 or IPv6 address");
        }
        try {
            return new InetSocketAddress(
                    InetAddress.getByAddress(address), parts.length == 1 ? 53 : Integer.parseInt(parts[1]));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + text + "' is not an address", e);
        }
    }

    /** What fits into a result. Whoever reads the results of others puts those aside. */
    private static ConfigDef.Validator id(int minChars) {
        String form = minChars + " to " + ResultBounds.MAX_ID_CHARS + " characters, none of them '/'";
        return LambdaValidator.with(
                (name, value) -> {
                    String id = String.valueOf(value);
                    if (id.length() < minChars || id.length() > ResultBounds.MAX_ID_CHARS || id.indexOf('/') >= 0) {
                        throw new ConfigException(name, value, "it has to have " + form);
                    }
                },
                () -> form);
    }
}
