package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.NoNodeAvailableException;
import io.tidewatch.schema.State;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.local.DemoTarget;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServer;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.system.drills.DrillOptions;
import io.tidewatch.system.drills.Pause;
import io.tidewatch.system.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What each part can't live without is taken away from it. A server that comes back finds every part at work again; a part
 * that lost a thread of its own that it needs ends with exit code 1, for its supervisor to start it again. None stays dead
 * and running. In short in every test run; {@code ./mvnw -Pdrills verify -Dgroups=absences} keeps servers away at length.
 */
@Tag("absences")
final class AbsencesIT {
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(3);
    private static final Duration END_TIMEOUT = Duration.ofMinutes(1);

    /** In short, longer than any request of a part waits for its answer: five seconds. */
    private static final Duration AWAY = DrillOptions.isFull() ? Duration.ofSeconds(90) : Duration.ofSeconds(7);

    /** A silence of 5 s, a question of 2 s that is on its way, and the step in which it is asked. */
    private static final Duration NOTICED_WITHIN = Duration.ofSeconds(20);

    @TempDir
    private Path directory;

    @Test
    void everyPartGoesOnOrEnds() throws Exception {
        try (DataDirectory data = DataDirectory.open(directory.resolve("servers"));
                EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free())) {
            servers.start(server -> {});
            KafkaSettings kafka = SharedServers.freshTopics(servers);

            servers.broker().stop();
            PartsInstallation installation = new PartsInstallation(kafka, servers, directory);
            try (RunningTidewatch tidewatch = new RunningTidewatch(installation)) {
                awaitAbsenceAndReturn(List.of(servers.broker()), installation);
                assertThatItWorks(tidewatch, "started-without-broker");
                for (List<EmbeddedServer> killed : killedTogether(servers)) {
                    killed.forEach(EmbeddedServer::kill);
                    if (killed.contains(servers.broker())) {
                        assertThatItSaysWhatIsAway(installation.streams());
                    }
                    awaitAbsenceAndReturn(killed, installation);
                    assertThatItWorks(tidewatch, "after-" + killed.get(0).name());
                }

                assertThatItEndsWithout("configuration-follower", installation.gateway());
                assertThatItEndsWithout("configuration-follower", installation.poller());
            }
        }
    }

    /** At length one server after the other, in short all at once. */
    private static List<List<EmbeddedServer>> killedTogether(EmbeddedServers servers) {
        List<EmbeddedServer> all = List.of(servers.registry(), servers.broker(), servers.cassandra());
        return DrillOptions.isFull() ? all.stream().map(List::of).toList() : List.of(all);
    }

    /** Lets the parts wait, starts the servers again, and returns when every part says that it works. */
    private static void awaitAbsenceAndReturn(List<EmbeddedServer> away, PartsInstallation installation) {
        List<String> names = away.stream().map(EmbeddedServer::name).toList();
        Pause.of(AWAY);
        assertThat(installation.parts()).as("alive without %s", names).allMatch(PartProcess::isAlive);
        away.forEach(EmbeddedServer::start);
        await().atMost(READY_TIMEOUT)
                .untilAsserted(() -> assertThat(installation.parts())
                        .as("ready with %s back", names)
                        .allSatisfy(part -> assertThat(part.isReady())
                                .as(() -> part + " " + part.unreadyBecause())
                                .isTrue()));
    }

    /** Fault: Kafka Streams calls itself running with all brokers gone, and so did we. */
    private static void assertThatItSaysWhatIsAway(PartProcess streams) {
        await().atMost(NOTICED_WITHIN)
                .untilAsserted(() -> assertThat(streams.unreadyBecause())
                        .hasValueSatisfying(reasons -> assertThat(reasons).contains("Kafka has not answered for")));
    }

    /** A check that is made now is run, judged and stored: all parts have a hand in it. */
    private static void assertThatItWorks(RunningTidewatch tidewatch, String tenant) {
        try (DemoTarget target = tidewatch.target()) {
            target.listen();
            String entity = tidewatch.createEntity(tenant);
            String check = tidewatch.createTcpCheck(tenant, entity, target.port(), List.of(Installation.ZONES.get(0)));
            tidewatch.createAlarm(tenant, entity, check, "return new AlarmStatus(OK, 'up');");

            tidewatch.awaitAlert(entity, State.UNKNOWN, State.OK);
            // The test's own session may not have found Cassandra again either.
            await().atMost(RunningTidewatch.PATIENCE)
                    .ignoreException(NoNodeAvailableException.class)
                    .until(() -> tidewatch.rows("results", check) > 0);
        }
    }

    private static void assertThatItEndsWithout(String thread, PartProcess part) throws Exception {
        part.killThread(thread);

        assertThat(part.awaitExitCode(END_TIMEOUT)).as(part.toString()).isEqualTo(1);
        assertThat(part.log()).contains("ended, because only a restart helps: ");
    }
}
