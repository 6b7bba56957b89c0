package io.tidewatch.standalone.servers;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.CqlSessionBuilder;
import com.datastax.oss.driver.api.core.DriverException;
import com.datastax.oss.driver.api.core.config.DefaultDriverOption;
import io.tidewatch.timeseries.CassandraSession;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A Cassandra node that is its own cluster. */
public final class EmbeddedCassandra extends EmbeddedServer {
    /** The name that {@code SimpleSnitch}, which our configuration chooses, gives the only data center. */
    public static final String DATACENTER = "datacenter1";

    /** Of a session's requests: what changes the schema takes seconds on a busy machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** What Cassandra 5.0's code reaches into on Java 17. Source: conf/jvm17-server.options of Cassandra 5.0. */
    private static final List<String> EXPORTED = List.of(
            "java.base/jdk.internal.misc",
            "java.management.rmi/com.sun.jmx.remote.internal.rmi",
            "java.rmi/sun.rmi.registry",
            "java.rmi/sun.rmi.server",
            "java.sql/java.sql",
            "java.base/java.lang.ref",
            "jdk.unsupported/sun.misc",
            "jdk.compiler/com.sun.tools.javac.file",
            "jdk.attach/sun.tools.attach");

    private static final List<String> OPENED = List.of(
            "java.base/java.lang.module",
            "java.base/jdk.internal.loader",
            "java.base/jdk.internal.ref",
            "java.base/jdk.internal.reflect",
            "java.base/jdk.internal.math",
            "java.base/jdk.internal.module",
            "java.base/jdk.internal.util.jar",
            "jdk.management/com.sun.management.internal",
            "java.base/sun.nio.ch",
            "java.base/java.io",
            "java.base/java.lang.reflect",
            "java.base/java.lang",
            "java.base/java.util",
            "java.base/java.nio");

    private final Path directory;
    private final Path configuration;
    private final Path logging;
    private final int port;
    private final int internalPort;
    private final Guard guard;

    /** One that lets everybody do everything. */
    public EmbeddedCassandra(DataDirectory data, ServerPorts ports) {
        this(data, ports, Guard.NONE);
    }

    public EmbeddedCassandra(DataDirectory data, ServerPorts ports, Guard guard) {
        super("cassandra", data.logs(), List.of(ports.cassandra(), ports.cassandraInternal()));
        this.directory = data.cassandra();
        this.configuration = directory.resolve("cassandra.yaml");
        this.logging = directory.resolve("logback.xml");
        this.port = ports.cassandra();
        this.internalPort = ports.cassandraInternal();
        this.guard = guard;
    }

    /** {@code host:port} of CQL. */
    @Override
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    void prepare() {
        Template.write(
                "cassandra.yaml",
                Map.of(
                        "PORT",
                        port,
                        "INTERNAL_PORT",
                        internalPort,
                        "DIRECTORY",
                        directory,
                        "GUARD",
                        guard.configuration()),
                configuration);
        Template.write("cassandra-logback.xml", Map.of(), logging);
    }

    @Override
    JavaCommand command() {
        List<String> options = new ArrayList<>(List.of(
                "-Xms128m",
                "-Xmx512m",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djdk.attach.allowAttachSelf=true",
                "-Dio.netty.tryReflectionSetAccessible=true",
                "-Dcassandra.config=" + configuration.toUri(),
                "-Dlogback.configurationFile=" + logging,
                "-Dcassandra.storagedir=" + directory,
                "-Dcassandra-foreground=yes",
                // A cluster of one has nobody to wait for, neither when it starts nor when it ends.
                "-Dcassandra.skip_wait_for_gossip_to_settle=0",
                "-Dcassandra.ring_delay_ms=1",
                "-Dcassandra.superuser_setup_delay_ms=0",
                "-Dcassandra.shutdown_announce_in_ms=0"));
        Stream.concat(
                        EXPORTED.stream().map(module -> "--add-exports=" + module + "=ALL-UNNAMED"),
                        OPENED.stream().map(module -> "--add-opens=" + module + "=ALL-UNNAMED"))
                .forEach(options::add);
        return new JavaCommand(
                LowPriority.prefix(),
                BuiltServers.classPath("cassandra"),
                options,
                "org.apache.cassandra.service.CassandraDaemon",
                List.of());
    }

    @Override
    boolean answers() {
        if (!Port.accepts(port)) {
            return false;
        }
        try (CqlSession session = session()) {
            return session.execute("SELECT release_version FROM system.local").one() != null;
        } catch (DriverException notYet) {
            return false;
        }
    }

    /** A new session without a keyspace, for the caller to close; as the superuser where there are roles. */
    public CqlSession session() {
        return session(port, guard);
    }

    /** A new session with such a server that some other process runs on this machine. */
    public static CqlSession session(int port) {
        return session(port, Guard.NONE);
    }

    private static CqlSession session(int port, Guard guard) {
        CqlSessionBuilder builder = CqlSession.builder()
                .addContactPoint(new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
                .withLocalDatacenter(DATACENTER)
                .withConfigLoader(CassandraSession.closingQuickly()
                        .withDuration(DefaultDriverOption.CONNECTION_INIT_QUERY_TIMEOUT, PATIENCE)
                        .withDuration(DefaultDriverOption.CONTROL_CONNECTION_TIMEOUT, PATIENCE)
                        .withDuration(DefaultDriverOption.REQUEST_TIMEOUT, PATIENCE)
                        // Whoever looks inside asks for whole tables, and knows.
                        .withBoolean(DefaultDriverOption.REQUEST_LOG_WARNINGS, false)
                        .build());
        if (guard == Guard.ROLES) {
            builder.withAuthCredentials(Guard.SUPERUSER, Guard.SUPERUSER);
        }
        return builder.build();
    }

    /** Whom it lets in. */
    public enum Guard {
        /** Anybody, for anything. */
        NONE(""),

        /** Roles with a password, for what they were granted. The first one is {@link #SUPERUSER}. */
        ROLES("""
                authenticator: PasswordAuthenticator
                authorizer: CassandraAuthorizer
                role_manager: CassandraRoleManager
                # A cluster that guards itself also has an opinion about replication.
                maximum_replication_factor_fail_threshold: 3
                """);

        /** The name and the password of the role that a fresh Cassandra makes itself. */
        public static final String SUPERUSER = "cassandra";

        private final String configuration;

        Guard(String configuration) {
            this.configuration = configuration;
        }

        String configuration() {
            return configuration;
        }
    }
}
