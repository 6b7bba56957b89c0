package io.tidewatch.system.servers;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.scenario.Performance;
import io.tidewatch.standalone.scenario.ProjectScenarios;
import io.tidewatch.standalone.scenario.Stage;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Every scenario of the project, all at once on a real broker and registry. */
@ExtendWith(SharedServers.class)
final class ScenariosIT {
    @TestFactory
    Stream<DynamicTest> goesAsPromisedOnRealServers(KafkaSettings kafka, @TempDir Path stateDir) {
        List<Performance> performances;
        try (Stage stage = new BrokerStage(kafka, stateDir, Clock.systemUTC())) {
            performances = stage.play(ProjectScenarios.all());
        }
        return ProjectScenarios.reviewed(performances);
    }
}
