package io.tidewatch.system.telling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.notifier.NotifierConfig;
import io.tidewatch.notifier.NotifierMain;
import io.tidewatch.schema.State;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.system.drills.Pause;
import io.tidewatch.system.installation.PartProcess;
import io.tidewatch.system.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * One receiver delays no other: each tenant has a channel that hangs in each attempt and one that answers 503, in every second
 * round. {@code ./mvnw -Pdrills verify -Dgroups=isolation} runs it, and prints how long the others took with them and without.
 */
@Tag("isolation")
@ExtendWith(SharedServers.class)
final class IsolationIT {
    private static final int TENANTS = 10;
    private static final int ALARMS = 1000;
    private static final int TRANSITIONS_A_SECOND = 50;
    private static final int ROUNDS = 6;
    private static final Duration ROUND = Duration.ofSeconds(30);
    private static final Duration HANG = Duration.ofSeconds(30);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final double MOST_SLOWDOWN = 1.5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    private final List<String> alarms = IntStream.range(0, ALARMS)
            .mapToObj(alarm -> "tenant" + alarm % TENANTS + "/en1/al" + alarm)
            .toList();

    private final Set<String> problems = new HashSet<>();
    private long transitions;

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void aChannelThatHangsDelaysNoOther(KafkaSettings kafka) throws Exception {
        Map<String, String> settings = new HashMap<>(NotifierProcess.settings(kafka, directory));
        settings.put(NotifierConfig.ATTEMPT_DEADLINE, Long.toString(HANG.toMillis()));
        List<Long> without = new ArrayList<>();
        List<Long> with = new ArrayList<>();
        try (Receivers receivers = new Receivers(HANG.multipliedBy(2), 1);
                AlertTopics topics = new AlertTopics(kafka);
                PartProcess notifier = new PartProcess(NotifierMain.class, directory, settings)) {
            configure(topics, receivers);
            await().atMost(PATIENCE).until(notifier::isReady);
            round(topics, receivers);
            for (int round = 0; round < ROUNDS; round++) {
                boolean bad = round % 2 == 1;
                plans(topics, bad ? List.of("ntprompt", "nthanging", "ntbusy") : List.of("ntprompt"));
                (bad ? with : without).addAll(round(topics, receivers));
            }
            assertThat(notifier.isLive()).isTrue();
        }
        without.sort(null);
        with.sort(null);
        double slowdown = (double) percentile(with, 99) / percentile(without, 99);
        System.out.printf(
                "Isolation: %d and %d messages, from the transition until it was told%n  without: p50 %d ms, p99 %d ms%n"
                        + "  beside channels that hang and that answer 503: p50 %d ms, p99 %d ms (%.2f times)%n",
                without.size(),
                with.size(),
                percentile(without, 50),
                percentile(without, 99),
                percentile(with, 50),
                percentile(with, 99),
                slowdown);
        assertThat(slowdown).isLessThanOrEqualTo(MOST_SLOWDOWN);
    }

    private void configure(AlertTopics topics, Receivers receivers) {
        for (int tenant = 0; tenant < TENANTS; tenant++) {
            for (String kind : List.of("prompt", "hanging", "busy")) {
                Map<String, String> url = Map.of("url", receivers.url(kind, "tenant" + tenant, "nt" + kind));
                topics.notification(
                        "tenant" + tenant, "nt" + kind, "webhook", Map.of(), url, NotifierProcess.secrets());
            }
        }
        alarms.forEach(topics::alarm);
        plans(topics, List.of("ntprompt"));
    }

    private static void plans(AlertTopics topics, List<String> notifications) {
        IntStream.range(0, TENANTS).forEach(tenant -> topics.plan("tenant" + tenant, notifications));
        topics.flush();
    }

    /**
     * One alarm after the other has a problem, or is well again.
     *
     * @return how long each transition took until the prompt channel had it, in milliseconds
     */
    private List<Long> round(AlertTopics topics, Receivers receivers) throws Exception {
        int before = prompt(receivers).size();
        long begin = System.nanoTime();
        long pauseNanos = Duration.ofSeconds(1).toNanos() / TRANSITIONS_A_SECOND;
        int steps = (int) (ROUND.toNanos() / pauseNanos);
        for (int step = 0; step < steps; step++) {
            Pause.until(begin + step * pauseNanos);
            String alarm = alarms.get((int) (transitions % alarms.size()));
            State state = problems.remove(alarm) ? State.OK : State.CRITICAL;
            if (state == State.CRITICAL) {
                problems.add(alarm);
            }
            topics.transition(alarm, state == State.OK ? State.CRITICAL : State.OK, state, transitions++)
                    .get();
        }
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(prompt(receivers)).hasSize(before + steps));
        List<Heard> all = prompt(receivers);
        return all.subList(before, all.size()).stream()
                .map(heard -> heard.heardMs() - heard.eventMs())
                .toList();
    }

    private static List<Heard> prompt(Receivers receivers) {
        return receivers.heard().stream()
                .filter(heard -> heard.channel().endsWith("/ntprompt"))
                .toList();
    }

    private static long percentile(List<Long> sorted, int percent) {
        return sorted.get(Math.min(sorted.size() - 1, sorted.size() * percent / 100));
    }
}
