package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.system.containers.ComposedServices;
import io.tidewatch.system.installation.ComposedInstallation;
import io.tidewatch.system.installation.Installation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code docker stop} of each of Tidewatch's own parts, one after another, under load, as when a new version is rolled out.
 * {@code ./mvnw -Pdrills verify -Dgroups=stops} runs it, and nothing else; it needs Docker.
 */
@Tag("stops")
final class StoppedPartsIT {
    private static final Path LOGS = Path.of("target", "stopped-parts");
    private static final List<String> PARTS = List.of("gateway", "poller-mzdfw", "streams-1", "streams-2");
    private static final int CHECKS = 200;
    private static final int RESULTS_PER_SECOND = 300;
    private static final Duration CALM = Duration.ofSeconds(1);
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration AWAY = Duration.ofSeconds(15);
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(10);
    private static final Duration BEGAN_AGO = Duration.ofHours(8);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void delayNothingAndLoseNothing() throws IOException {
        long seed = DrillOptions.seed();
        DrillStory story = new DrillStory(seed, CHECKS, Instant.now().minus(BEGAN_AGO));
        try (ComposedInstallation installation = new ComposedInstallation();
                ThroughGateway gateway = new ThroughGateway(installation.api());
                DeploymentDrill drill = new DeploymentDrill(
                        installation.kafka(),
                        new Split(gateway, new StraightToKafka(installation.kafka())),
                        story,
                        RESULTS_PER_SECOND,
                        CALM,
                        directory)) {
            try {
                drill.awaitCalm();
                List<Long> delaysMs;
                try (PolledTarget target = new PolledTarget(
                        installation.kafka(), drill.arrivals(), installation.thisMachine(), Installation.ZONES)) {
                    drill.befall(mishaps(installation.services()));
                    delaysMs = target.end();
                }
                DeploymentDrill.Account account = drill.account(installation::cassandra);
                System.out.printf(
                        "Drill: docker stop, seed %d, %d results a second%n%s%n"
                                + "  batches sent to the gateway again: %d%n"
                                + "  a port closed and opened %d times, slowest alert of the pollers' after %d ms%n",
                        seed,
                        RESULTS_PER_SECOND,
                        account,
                        gateway.repeated(),
                        delaysMs.size(),
                        Collections.max(delaysMs));
                account.assertNothingLost();
                assertThat(account.recoveries())
                        .allSatisfy(recovery -> assertThat(recovery.slowestMs())
                                .as(recovery.name())
                                .isLessThanOrEqualTo(LONGEST_DELAY.toMillis()));
                assertThat(delaysMs).allMatch(delay -> delay <= LONGEST_DELAY.toMillis());
            } finally {
                installation.services().saveLogs(LOGS);
                Files.writeString(
                        LOGS.resolve("transitions.txt"), drill.arrivals().bySecond());
            }
        }
    }

    private static List<DeploymentDrill.Mishap> mishaps(ComposedServices services) {
        return PARTS.stream()
                .map(part -> new DeploymentDrill.Mishap(
                        part + " stopped",
                        () -> services.stop(part, GRACE),
                        AWAY,
                        () -> services.startAgain(List.of(part)),
                        () -> services.areHealthy(List.of(part))))
                .toList();
    }
}
