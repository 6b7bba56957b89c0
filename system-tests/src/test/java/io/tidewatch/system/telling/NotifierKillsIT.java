package io.tidewatch.system.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.notifier.NotifierMain;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.system.drills.DrillOptions;
import io.tidewatch.system.drills.Pause;
import io.tidewatch.system.installation.PartProcess;
import io.tidewatch.system.servers.SharedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract's seventh guarantee: whatever happens to the notifiers and however receivers fail, each of these believes in the
 * end what is so, and has heard it in order. In short in every test run; {@code ./mvnw -Pdrills verify -Dgroups=telling} runs it
 * at length, and nothing else.
 */
@Tag("telling")
@ExtendWith(SharedServers.class)
final class NotifierKillsIT {
    private static final Duration READY = Duration.ofSeconds(60);
    private static final Duration QUIET = Duration.ofMinutes(4);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final List<PartProcess> notifiers = new ArrayList<>();

    /** @param blows half of them a {@code kill -9}, at least */
    private record Plan(int tenants, int alarmsOfEach, int transitionsASecond, int blows, Duration betweenBlows) {}

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void everyReceiverBelievesWhatIsSo(KafkaSettings kafka) throws Exception {
        Plan plan = DrillOptions.isFull()
                ? new Plan(20, 100, 100, 30, Duration.ofSeconds(10))
                : new Plan(6, 20, 30, 4, Duration.ofSeconds(6));
        long seed = DrillOptions.seed();
        Random lots = new Random(seed);
        int kills = 0;
        try (Receivers receivers = new Receivers(NotifierProcess.DEADLINE.multipliedBy(2), seed);
                AlertStory story = new AlertStory(kafka, plan.tenants(), plan.alarmsOfEach(), seed)) {
            story.configure(receivers, NotifierProcess.secrets());
            notifiers.add(start(kafka, 0));
            notifiers.add(start(kafka, 1));
            await().atMost(READY).until(() -> notifiers.stream().allMatch(PartProcess::isReady));

            for (int blow = 0; blow <= plan.blows(); blow++) {
                live(story, plan);
                if (blow < plan.blows()) {
                    int victim = lots.nextInt(2);
                    boolean kill = blow % 3 != 2;
                    kills += kill ? 1 : 0;
                    strike(kafka, victim, kill);
                }
            }
            receivers.recover();
            await().atMost(QUIET)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(() -> assertThat(Account.unbelieved(receivers.heard(), story))
                            .isEmpty());

            Account account = Account.of(receivers.heard(), story);
            System.out.printf(
                    "Telling: seed %d%n  alarms, channels %d, %d%n  transitions %d%n  kill -9 %d, rebalances in order %d%n"
                            + "  requests %d, messages %d%n  repeated although confirmed %d, of one alarm and channel at most"
                            + " %d%n",
                    seed,
                    story.alarms().size(),
                    plan.tenants() * AlertStory.KINDS.size(),
                    story.transitions(),
                    kills,
                    plan.blows() - kills,
                    receivers.requests(),
                    account.messages(),
                    account.repeated(),
                    account.repeatedByAlarm());
            assertThat(account.objections()).as("seed %d", seed).isEmpty();
            assertThat(account.repeatedByAlarm()).as("seed %d", seed).isLessThanOrEqualTo(kills);
            assertThat(notifiers).allMatch(PartProcess::isLive);
        } finally {
            notifiers.forEach(PartProcess::close);
        }
    }

    private static void live(AlertStory story, Plan plan) throws Exception {
        long begin = System.nanoTime();
        long pauseNanos = Duration.ofSeconds(1).toNanos() / plan.transitionsASecond();
        long steps = plan.betweenBlows().toNanos() / pauseNanos;
        for (long step = 0; step < steps; step++) {
            Pause.until(begin + step * pauseNanos);
            story.step();
        }
    }

    /** Ends a notifier, as the kernel would or as an operator would, and starts it again. */
    private void strike(KafkaSettings kafka, int victim, boolean kill) throws Exception {
        PartProcess process = notifiers.get(victim);
        if (kill) {
            process.close();
        } else {
            process.stop(Duration.ofSeconds(30));
        }
        notifiers.set(victim, start(kafka, victim));
    }

    private PartProcess start(KafkaSettings kafka, int number) throws IOException {
        Path own = Files.createDirectories(directory.resolve("notifier-" + number));
        return new PartProcess(NotifierMain.class, own, NotifierProcess.settings(kafka, own));
    }
}
