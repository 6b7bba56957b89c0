package io.tidewatch.standalone.scenario;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every scenario of the project, on Kafka Streams' own driver. */
final class ScenariosTest {
    @TestFactory
    Stream<DynamicTest> goesAsPromised() {
        List<Performance> performances;
        try (Stage stage = new DriverStage()) {
            performances = stage.play(ProjectScenarios.all());
        }
        return ProjectScenarios.reviewed(performances);
    }
}
