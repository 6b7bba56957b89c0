package io.tidewatch.standalone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The scenarios that document the alarm language, as one test each. */
public final class ProjectScenarios {
    private static final Path FOLDER = Path.of("../standalone/scenarios");

    private ProjectScenarios() {}

    /** All of them; fails when one can't be read. */
    public static List<Scenario> all() {
        List<ScenarioFile.Document> documents = ScenarioFile.read(FOLDER);
        assertThat(documents).hasSizeGreaterThan(40).hasOnlyElementsOfType(Scenario.class);
        return documents.stream().map(Scenario.class::cast).toList();
    }

    /** A test for each performance: that it went as promised. */
    public static Stream<DynamicTest> reviewed(List<Performance> performances) {
        return performances.stream().map(performance -> {
            Scenario scenario = performance.scenario();
            return DynamicTest.dynamicTest(scenario.name(), () -> {
                Review review = Review.of(performance);
                assertThat(review.passed())
                        .as("%s%n%s", scenario.place(), String.join("\n", review.lines()))
                        .isTrue();
            });
        });
    }
}
