package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.system.servers.SharedServers;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract's guarantees 3 and 4: with Cassandra away, and the process of rollups and sink killed at the worst of times,
 * every accepted result and every rollup ends up in Cassandra, once, and alarms don't notice. {@code ./mvnw -Pdrills verify
 * -Dgroups=losses} runs it at length, and nothing else; with {@code -Ddrills.size=short}, as before each merge, in two
 * minutes.
 */
@Tag("losses")
@ExtendWith(SharedServers.class)
final class LossDrillIT {
    /** Nobody is told of anything in this drill. */
    private static final Set<String> OF_THE_NOTIFIER =
            Set.of(CassandraSchema.ATTEMPTS_BY_ALARM, CassandraSchema.SUPPRESSION_LOGS);

    /** Results must not be of the future, and are kept for two days; a long drill tells of little more than an hour. */
    private static final Duration BEGAN_AGO = Duration.ofHours(3);

    /** So that windows of all resolutions end on the way. */
    private static final Duration BEFORE_MIDNIGHT = Duration.ofMinutes(10);

    private static final double MAX_SLOWDOWN = 1.5;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    @SuppressWarnings("SystemOut") // The figures are for who runs it.
    void rowsAreThoseOfAnUndisturbedRun(EmbeddedServers servers) {
        long seed = DrillOptions.seed();
        LossPlan plan = DrillOptions.isFull() ? LossPlan.full(seed) : LossPlan.quick(seed);
        Instant midnight = Resolution.MIN1440.windowStart(Instant.now().minus(BEGAN_AGO));
        DrillStory story = new DrillStory(seed, plan.checks(), midnight.minus(BEFORE_MIDNIGHT));

        try (DataDirectory data = DataDirectory.open(directory.resolve("cassandra"));
                EmbeddedCassandra cassandra = new EmbeddedCassandra(data, ServerPorts.free())) {
            cassandra.start();
            LossDrill.Account undisturbed = run(SharedServers.freshTopics(servers), cassandra, plan, story, false);
            LossDrill.Account disturbed = run(SharedServers.freshTopics(servers), cassandra, plan, story, true);

            LossReport report = new LossReport(plan, undisturbed, disturbed);
            System.out.println(report);
            assertThat(report.differences()).as("rows, seed %d", seed).isEmpty();
            assertThat(disturbed.committedTooEarly()).isZero();
            assertThat(report.slowdown()).isLessThanOrEqualTo(MAX_SLOWDOWN);
            assertThat(disturbed.rows().get(CassandraSchema.RESULTS)).hasSameSizeAs(places(plan, story));
            assertThat(disturbed.rows())
                    .allSatisfy((table, rows) ->
                            assertThat(rows.isEmpty()).as(table).isEqualTo(OF_THE_NOTIFIER.contains(table)));
        }
    }

    private LossDrill.Account run(
            KafkaSettings kafka, EmbeddedCassandra cassandra, LossPlan plan, DrillStory story, boolean disturbed) {
        String name = disturbed ? "disturbed" : "undisturbed";
        try (LossDrill drill = new LossDrill(kafka, cassandra, name, plan, story, directory.resolve(name))) {
            LossDrill.Account account = drill.run(disturbed);
            assertThat(new TopicContents(kafka).committed(Topic.DEAD_LETTERS)).isEmpty();
            return account;
        }
    }

    private static Set<String> places(LossPlan plan, DrillStory story) {
        return LongStream.range(0, plan.results())
                .mapToObj(index -> StoredRows.place(story.result(index)))
                .collect(Collectors.toSet());
    }
}
