package io.tidewatch.streams.intake;

import static io.tidewatch.streams.TopologyRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.ResultsOfOneCheck;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.streams.topology.RollupTopology;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results larger than they may be, from producers that write to the topic themselves. */
final class ResultBoundsOnTopicsTest {
    private static final Duration WHOLE_TEST = Duration.ofDays(1);

    @TempDir
    private Path stateDir;

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private TopologyRig rig;

    @BeforeEach
    void start() {
        startWith(1);
    }

    @AfterEach
    void end() {
        rig.close();
    }

    /** Ids of 24 000 characters each once led to keys of more than 65 535 bytes in Cassandra. */
    @Test
    void putsIdsAsideWhoseKeyWouldBeTooLong() {
        CheckResult result = ResultsOfOneCheck.result("z".repeat(255), START, "duration", 1L);
        rig.publish(result);
        assertThat(rig.deadLetters()).isEmpty();

        result.setZoneId("z".repeat(256));
        rig.publish(result);

        assertThat(reason()).isEqualTo("The result's zone_id has 256 characters, but may have at most 255");
    }

    @Test
    void putsAResultAsideThatIsLargerThanItsAlarmsCouldKeep() {
        rig.publish(ResultsOfOneCheck.result("mzdfw", START, texts(63)));
        assertThat(rig.deadLetters()).isEmpty();

        rig.publish(ResultsOfOneCheck.result("mzdfw", START, texts(64)));

        assertThat(reason()).startsWith("The result's size is 262").contains("may be at most 262144");
    }

    /** It has a reason of its own, and the record's key is not part of it in full. */
    @Test
    void namesAWrongKeyInAShortSentence() {
        CheckResult stray = ResultsOfOneCheck.result("mzdfw", START, "duration", 1L);
        end();
        startWith(7);
        rig.input(Topic.CHECK_RESULTS, CheckResult.class).pipeInput("k".repeat(100_000), stray, START);

        assertThat(reason()).hasSizeLessThan(1000).contains("on partition 0 with the key 'kkk");
    }

    private void startWith(int partitions) {
        rig = new TopologyRig(
                RollupTopology.build(
                        TopicNames.withDefaultPrefix(),
                        registry,
                        partitions,
                        new RollUpMetrics.Times(WHOLE_TEST, WHOLE_TEST, WHOLE_TEST),
                        partition -> 0,
                        meters),
                registry,
                meters,
                stateDir.resolve(Integer.toString(partitions)),
                ReportedElsewhere.NOTHING,
                START);
    }

    private static Map<String, Metric> texts(int number) {
        Map<String, Metric> texts = new HashMap<>();
        for (int i = 0; i < number; i++) {
            texts.put("m" + i, new Metric("x".repeat(4096), null));
        }
        return texts;
    }

    private String reason() {
        return TopologyRig.headers(assertThat(rig.deadLetters()).singleElement().actual())
                .get("reason");
    }
}
