package io.tidewatch.standalone.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The page of the alarm language against the parser and the engine: every example on it is what it says it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AlarmLanguagePageTest {
    private static final Path ROOT = Path.of("..");
    private static final String PAGE = "topology-docs/alarm-language.md";
    private static final Pattern CITATION = Pattern.compile("alarm-language\\.md, \"([^\"]+)\"");

    private final String page = read(ROOT.resolve(PAGE));
    private final Stage stage = new DriverStage();

    @AfterAll
    void close() {
        stage.close();
    }

    @TestFactory
    Stream<DynamicTest> theEngineEvaluatesEachCriteria() {
        List<String> criteria = blocks("criteria");
        assertThat(criteria).hasSizeGreaterThan(1);
        return criteria.stream()
                .map(text -> DynamicTest.dynamicTest(firstLine(text), () -> {
                    Scenario trial = Trial.of(PAGE, text, CriteriaParser.parse(text));

                    assertThat(Trial.failure(play(trial))).isEmpty();
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachStoryGoesAsItIsTold() {
        List<String> stories = blocks("yaml");
        assertThat(stories).hasSizeGreaterThan(3);
        return ProjectScenarios.reviewed(stage.play(
                stories.stream().flatMap(story -> scenarios(story).stream()).toList()));
    }

    @TestFactory
    Stream<DynamicTest> eachComparisonHasTheResultThatIsShown() {
        return rows("| a | b | comparison | result |", 15)
                .map(row -> DynamicTest.dynamicTest(row.toString(), () -> {
                    String metrics = "a: " + row.get(0) + (row.get(1).isEmpty() ? "" : ", b: " + row.get(1));
                    String story = """
                    scenario: a comparison
                    period: 10s
                    criteria: |
                      if (%s) { return new AlarmStatus(WARNING, 'holds'); }
                      return new AlarmStatus(OK, 'does not hold');
                    observations: [{at: 0s, metrics: {%s}}]
                    """.formatted(row.get(2), metrics);

                    Performance performance = play(scenarios(story).get(0));

                    assertThat(performance.transitions())
                            .extracting(Transition::status)
                            .containsExactly(row.get(3));
                }));
    }

    @TestFactory
    Stream<DynamicTest> eachMistakeIsRefusedInTheseWords() {
        return rows("| refused | at | message |", 15)
                .map(row -> DynamicTest.dynamicTest(row.get(0), () -> {
                    CriteriaException refusal =
                            catchThrowableOfType(CriteriaException.class, () -> CriteriaParser.parse(row.get(0)));

                    assertThat(refusal.line() + ":" + refusal.column()).isEqualTo(row.get(1));
                    assertThat(refusal).hasMessage(row.get(2));
                }));
    }

    @Test
    void codeCitesSectionsThatAreThere() {
        List<String> cited = sources()
                .flatMap(file -> CITATION.matcher(read(file)).results())
                .map(citation -> citation.group(1))
                .toList();

        assertThat(cited)
                .isNotEmpty()
                .allSatisfy(section -> assertThat(page).containsPattern("(?m)^##+ " + Pattern.quote(section) + "$"));
    }

    private Performance play(Scenario scenario) {
        return stage.play(List.of(scenario)).get(0);
    }

    private static List<Scenario> scenarios(String story) {
        List<ScenarioFile.Document> documents = ScenarioFile.parse(PAGE, story);
        assertThat(documents).hasOnlyElementsOfType(Scenario.class);
        return documents.stream().map(Scenario.class::cast).toList();
    }

    /** The fenced blocks with this word after the fence. */
    private List<String> blocks(String word) {
        Matcher blocks = Pattern.compile("^```" + word + "\n(.*?)^```$", Pattern.DOTALL | Pattern.MULTILINE)
                .matcher(page);
        return blocks.results().map(block -> block.group(1)).toList();
    }

    /** The cells of each row of the table with this heading. */
    private Stream<List<String>> rows(String heading, int moreThan) {
        List<List<String>> rows = page.lines()
                .dropWhile(line -> !line.equals(heading))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .map(AlarmLanguagePageTest::cells)
                .toList();
        assertThat(rows).as(heading).hasSizeGreaterThan(moreThan);
        return rows.stream();
    }

    private static List<String> cells(String row) {
        String inner = row.substring(1, row.length() - 1);
        return Arrays.stream(inner.split("(?<!\\\\)\\|", -1))
                .map(String::strip)
                .map(cell -> cell.startsWith("`") ? cell.substring(1, cell.length() - 1) : cell)
                .map(cell -> cell.replace("\\|", "|"))
                .toList();
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    /** The sources of all modules, tests included. */
    private static Stream<Path> sources() {
        return below(ROOT, 1)
                .map(module -> module.resolve("src"))
                .filter(Files::isDirectory)
                .flatMap(source -> below(source, Integer.MAX_VALUE))
                .filter(file -> file.toString().matches(".*\\.(java|epl)"));
    }

    private static Stream<Path> below(Path folder, int depth) {
        try (Stream<Path> paths = Files.walk(folder, depth)) {
            return paths.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
