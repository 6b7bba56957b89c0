package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.servererrors.OverloadedException;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.command.CommandRun;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.timeseries.CassandraConnection;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.topics.Topic;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/**
 * What an operator reads when Cassandra can't be used: one line, which says what to do, from {@code tidewatch topics} as
 * from the parts. Each on a real Cassandra that guards itself with roles; and once the line has been followed, the parts go
 * on by themselves.
 */
@ExtendWith(SharedServers.class)
@Tag("failures")
final class CassandraErrorsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String PASSWORD = "correct";

    @TempDir
    private static Path directory;

    private static EmbeddedServers shared;
    private static EmbeddedCassandra cassandra;
    private static KafkaSettings kafka;
    private static CqlSession superuser;

    private final HttpClient http = HttpClient.newHttpClient();

    @BeforeAll
    static void start(EmbeddedServers servers) {
        cassandra = new EmbeddedCassandra(
                DataDirectory.open(directory.resolve("cassandra")), ServerPorts.free(), EmbeddedCassandra.Guard.ROLES);
        cassandra.start();
        shared = servers;
        kafka = SharedServers.freshTopics(servers);
        superuser = cassandra.session();
        superuser.execute("CREATE ROLE writer WITH PASSWORD = '" + PASSWORD + "' AND LOGIN = true");
        superuser.execute("GRANT CREATE ON ALL KEYSPACES TO writer");
        superuser.execute("CREATE ROLE stranger WITH PASSWORD = '" + PASSWORD + "' AND LOGIN = true");
        superuser.execute("CREATE ROLE reader WITH PASSWORD = 'another' AND LOGIN = true");
        assertThat(topics("--apply", Map.of()).exitCode()).isZero();
        superuser.execute("GRANT SELECT ON KEYSPACE tidewatch TO reader");
    }

    @AfterAll
    static void stop() {
        superuser.close();
        cassandra.close();
    }

    @Test
    void namesAHostThatIsUnknown() {
        assertThat(failure(Map.of(CassandraSettings.CONTACT_POINTS, "cassandra.invalid")))
                .isEqualTo("Cassandra can't be reached: the host cassandra.invalid is unknown. Mend"
                        + " cassandra.contact.points");
    }

    @Test
    void namesAnAddressWhereNobodyListens() {
        String address = "127.0.0.1:" + Port.free(1).get(0);

        assertThat(failure(Map.of(CassandraSettings.CONTACT_POINTS, address)))
                .isEqualTo("Cassandra can't be reached: none answers at " + address
                        + " (Connection refused). Start it, or mend cassandra.contact.points");
    }

    @Test
    void topicsAreMadeWithoutCassandra() {
        KafkaSettings empty = SharedServers.withoutTopics(shared);

        CommandRun run = topics(
                "--apply",
                Map.of(
                        KafkaSettings.TOPIC_PREFIX,
                        empty.topics().prefix(),
                        CassandraSettings.CONTACT_POINTS,
                        "cassandra.invalid"));

        assertThat(run.out()).contains(empty.topics().of(Topic.ALARMS)).doesNotContain("missing");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void namesTheDataCentersThatThereAre() {
        assertThat(failure(Map.of(CassandraSettings.LOCAL_DATACENTER, "dc9")))
                .isEqualTo("Cassandra has no node in the data center dc9: its nodes are in datacenter1. Mend"
                        + " cassandra.local.datacenter");
    }

    @Test
    void saysThatCredentialsAreWrong() {
        assertThat(failure(Map.of(CassandraSettings.PASSWORD, "wrong")))
                .isEqualTo("Cassandra at " + cassandra.address()
                        + " refuses the role writer: Provided username writer and/or password are incorrect. Mend"
                        + " cassandra.username and cassandra.password, or the role");
    }

    @Test
    void saysThatCredentialsAreMissing() {
        assertThat(failure(Map.of(CassandraSettings.USERNAME, "", CassandraSettings.PASSWORD, "")))
                .isEqualTo("Cassandra at " + cassandra.address()
                        + " asks for credentials, and none are set. Set cassandra.username and cassandra.password");
    }

    @Test
    void saysHowToMakeAKeyspaceThatTheRoleMayNotMake() {
        assertThat(failure(Map.of(CassandraSettings.USERNAME, "stranger", CassandraSettings.KEYSPACE, "own")))
                .isEqualTo(
                        "keyspace own can't be created: User stranger has no CREATE permission on <all keyspaces> or any"
                                + " of its parents. Have a superuser run: CREATE KEYSPACE IF NOT EXISTS own WITH replication ="
                                + " {'class': 'NetworkTopologyStrategy', 'replication_factor': 1}; GRANT ALL PERMISSIONS ON"
                                + " KEYSPACE own TO stranger");
    }

    @Test
    void saysWhyAKeyspaceIsRefused() {
        assertThat(failure(Map.of(CassandraSettings.KEYSPACE, "many", TableSettings.REPLICATION_FACTOR, "4")))
                .isEqualTo(
                        "keyspace many can't be created: Guardrail maximum_replication_factor violated: The keyspace many"
                                + " has a replication factor of 4, above the failure threshold of 3. Mend"
                                + " cassandra.replication.factor, or create the keyspace in your own way");
    }

    @Test
    void saysWhatTheRoleLacksInAKeyspaceOfOthers() {
        superuser.execute(
                "CREATE KEYSPACE theirs WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");

        assertThat(failure(Map.of(CassandraSettings.USERNAME, "stranger", CassandraSettings.KEYSPACE, "theirs")))
                .isEqualTo(
                        "Cassandra refuses: User stranger has no CREATE permission on <all tables in theirs> or any of its"
                                + " parents. Have a superuser run: GRANT CREATE ON KEYSPACE theirs TO stranger");
    }

    @Test
    void saysWhatDoesNotFitAndWhereCopiesAreTooFew() {
        superuser.execute(
                "CREATE KEYSPACE older WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}");
        superuser.execute("CREATE TABLE older.topic_bases (topic_id uuid PRIMARY KEY, topic text, base_micros int)");
        superuser.execute(
                "CREATE TABLE older.alarm_states (tenant_id text, entity_id text, PRIMARY KEY (tenant_id, entity_id))");

        CommandRun run = topics("", Map.of(CassandraSettings.KEYSPACE, "older", TableSettings.REPLICATION_FACTOR, "3"));

        assertThat(run.lines())
                .contains(
                        "table older.results does not exist: run 'tidewatch topics --apply'",
                        "table older.topic_bases does not fit: the column base_micros is int and has to be bigint. Drop it"
                                + " and what it keeps, or set cassandra.keyspace to another keyspace",
                        "keyspace older has a replication of 1 in the data center datacenter1, and"
                                + " cassandra.replication.factor is 3. Run: ALTER KEYSPACE older WITH replication ="
                                + " {'class': 'NetworkTopologyStrategy', 'datacenter1': 3}; and then 'nodetool repair"
                                + " --full older' on each node");
        assertThat(run.out())
                .contains(
                        "the primary key is ((tenant_id),entity_id) and has to be ((tenant_id),entity_id,alarm_id). Drop it");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void theSinkWaitsForATableToBeAltered() {
        String fault =
                "table tidewatch.results does not fit: the column units (frozen<map<text,text>>) is missing. Run: ";
        String remedy = "ALTER TABLE tidewatch.results ADD (units frozen<map<text,text>>)";
        superuser.execute("ALTER TABLE tidewatch.results DROP units");
        Map<String, String> settings = settings(Map.of(
                StreamsAppConfig.APPLICATIONS, "sink",
                OperationsSettings.PORT, "0",
                RuntimeSettings.STATE_DIR, directory.resolve("state").toString()));

        try (StreamsApp sink =
                new StreamsApp(Settings.of(StreamsAppConfig.definition(), settings), Clock.systemUTC())) {
            sink.start();

            URI health = URI.create("http://127.0.0.1:" + sink.operationsPort() + "/health/");
            await().atMost(PATIENCE)
                    .untilAsserted(
                            () -> assertThat(get(health.resolve("ready")).body().strip())
                                    .isEqualTo(fault + remedy));
            assertThat(get(health.resolve("ready")).statusCode()).isEqualTo(503);
            assertThat(get(health.resolve("live")).statusCode()).isEqualTo(200);
            superuser.execute(remedy);
            sink.awaitReady(PATIENCE);
        }
    }

    @Test
    void theGatewayWaitsForTheRoleAndSaysSoOnce() {
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        Logger logger = (Logger) LoggerFactory.getLogger(CassandraConnection.class);
        logger.addAppender(log);
        Map<String, String> settings = settings(Map.of(
                GatewayConfig.HTTP_HOST, "127.0.0.1",
                GatewayConfig.HTTP_PORT, "0",
                OperationsSettings.PORT, "0",
                CassandraSettings.USERNAME, "reader"));

        try (GatewayApp gateway = new GatewayApp(Settings.of(GatewayConfig.DEFINITION, settings), Clock.systemUTC())) {
            gateway.start();
            URI changelog = URI.create("http://127.0.0.1:" + gateway.port() + "/v1.0/acme/changelogs/alarms");
            await().atMost(PATIENCE).until(() -> !log.list.isEmpty());
            assertThat(get(changelog).statusCode()).isEqualTo(503);
            // Cassandra refuses to change a password again within five seconds, also one that was just given.
            await().atMost(PATIENCE)
                    .ignoreException(OverloadedException.class)
                    .untilAsserted(() -> superuser.execute("ALTER ROLE reader WITH PASSWORD = '" + PASSWORD + "'"));
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> get(changelog).statusCode() == 200);
        } finally {
            logger.detachAppender(log);
        }

        List<ILoggingEvent> warnings = log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .toList();
        assertThat(warnings).hasSize(1).allMatch(event -> event.getThrowableProxy() == null);
        assertThat(warnings.get(0).getFormattedMessage())
                .endsWith("reason=Cassandra at " + cassandra.address()
                        + " refuses the role reader: Provided username reader and/or password are incorrect. Mend"
                        + " cassandra.username and cassandra.password, or the role");
    }

    /** The one line of a command that fails. */
    private static String failure(Map<String, String> changed) {
        CommandRun run = topics("--apply", changed);
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).startsWith("tidewatch: ").hasLineCount(1);
        return run.err().strip().replaceFirst("tidewatch: ", "");
    }

    private static CommandRun topics(String option, Map<String, String> changed) {
        List<String> lines = settings(changed).entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .toList();
        try {
            String config = Files.write(directory.resolve("tidewatch.properties"), lines)
                    .toString();
            return option.isEmpty()
                    ? CommandRun.of("topics", "--config", config)
                    : CommandRun.of("topics", option, "--config", config);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Those of the role {@code writer}, which work, except for what is changed. */
    private static Map<String, String> settings(Map<String, String> changed) {
        Map<String, String> settings = new HashMap<>(Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, kafka.bootstrapServers(),
                KafkaSettings.REGISTRY_URL, kafka.registryUrl(),
                KafkaSettings.TOPIC_PREFIX, kafka.topics().prefix(),
                CassandraSettings.CONTACT_POINTS, cassandra.address(),
                CassandraSettings.USERNAME, "writer",
                CassandraSettings.PASSWORD, PASSWORD));
        settings.putAll(changed);
        return settings;
    }

    private HttpResponse<String> get(URI uri) {
        try {
            return http.send(
                    HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
