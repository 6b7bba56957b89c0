package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.system.servers.SharedServers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The contract's first guarantee: whatever happens to the processes of the alarms application, no transition is lost,
 * doubled or invented. In short in every test run; {@code ./mvnw -Pdrills verify -Dgroups=kills} runs it at length, and nothing else.
 */
@Tag("kills")
@ExtendWith(SharedServers.class)
final class AlarmKillsIT {
    /** Two days of results are kept; a long drill tells of ten hours. */
    private static final Duration BEGAN_AGO = Duration.ofHours(24);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    static List<Plan> plans() {
        long seed = DrillOptions.seed();
        return DrillOptions.isFull() ? List.of(Plan.kills(seed), Plan.rebalances(seed)) : List.of(Plan.quick(seed));
    }

    @ParameterizedTest
    @MethodSource("plans")
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void transitionsAreThoseOfAnUndisturbedRun(Plan plan, EmbeddedServers servers) {
        KafkaSettings disturbed = SharedServers.freshTopics(servers);
        KafkaSettings undisturbed = SharedServers.freshTopics(servers);
        DrillStory story = new DrillStory(
                plan.seed(), plan.checks(), Instant.now().minus(BEGAN_AGO).truncatedTo(ChronoUnit.HOURS));

        Drill.Account account;
        try (Drill drill = new Drill(disturbed, plan, story, directory)) {
            account = drill.run();
        }
        UndisturbedRun.of(disturbed, undisturbed, directory);
        Verdict verdict = Verdict.of(undisturbed, disturbed);

        System.out.println(new DrillReport(plan, story, account, verdict));
        assertThat(verdict.transitionDifferences())
                .as("transitions, seed %d", plan.seed())
                .matches(Differences::isEmpty, "none");
        assertThat(verdict.stateDifferences())
                .as("alarm states, seed %d", plan.seed())
                .matches(Differences::isEmpty, "none");
        assertThat(verdict.deadLetters()).isZero();
        assertThat(verdict.transitions()).isGreaterThan(story.alarms());
        assertThat(account.blows()).filteredOn(Blow::isKill).hasSizeGreaterThanOrEqualTo(plan.kills());
        assertThat(account.blows()).filteredOn(blow -> !blow.isKill()).hasSize(plan.rebalances());
    }
}
