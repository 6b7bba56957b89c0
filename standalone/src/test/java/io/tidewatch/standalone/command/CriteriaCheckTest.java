package io.tidewatch.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.State;
import io.tidewatch.standalone.scenario.Performance;
import io.tidewatch.standalone.scenario.Scenario;
import io.tidewatch.standalone.scenario.Stage;
import io.tidewatch.standalone.scenario.Transition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CriteriaCheckTest {
    @TempDir
    private Path directory;

    @Test
    void namesWhatTheEngineDoesNotEvaluate() throws IOException {
        Path corpus = Files.writeString(directory.resolve("corpus.txt"), "return OK\n---\nreturn CRITICAL\n---\n");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CriteriaCheck check = new CriteriaCheck(new PrintStream(out, true, StandardCharsets.UTF_8));
        check.corpus(corpus);
        assertThat(check.failed()).isFalse();

        check.evaluate(new OptimisticStage());

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("1 accept", "2 accept", "2 not evaluated: it does not like it", "1 evaluated");
        assertThat(check.failed()).isTrue();
    }

    /** Disables every alarm that could become critical. */
    private static final class OptimisticStage implements Stage {
        @Override
        public List<Performance> play(List<Scenario> scenarios) {
            return scenarios.stream().map(OptimisticStage::perform).toList();
        }

        @Override
        public void close() {}

        private static Performance perform(Scenario scenario) {
            return scenario.criteria().contains("CRITICAL")
                    ? new Performance(scenario, List.of(), Optional.of("it does not like it"))
                    : new Performance(
                            scenario,
                            List.of(new Transition(Duration.ZERO, State.UNKNOWN, State.OK, "")),
                            Optional.empty());
        }
    }
}
