package io.tidewatch.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmCommandTest {
    private static final String GOOD = "return new AlarmStatus(OK, 'fine');\n";
    private static final String BAD = "if (metrics['code'] == '200') {\n";

    private static final String RECOVERS = """
            scenario: fails and recovers
            period: 30s
            zones: [a]
            criteria: ''
            observations:
              - {at: 0s, zone: a, available: false, status: say "no"}
              - {at: 30500ms, zone: a, status: fine}
            transitions:
              - {at: 0s, previous: UNKNOWN, state: CRITICAL, status: say "no"}
              - {at: 30500ms, previous: CRITICAL, state: OK, status: fine}
            """;

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void name() {
        file = directory.resolve("criteria.txt");
    }

    @Test
    void acceptsAFileThatIsACriteria() throws IOException {
        Files.writeString(file, GOOD);

        CommandRun run = CommandRun.of("alarm", "check", file.toString());

        assertThat(run.lines()).containsExactly(file + " accept");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void saysWhereAndWhyEachEntryOfACorpusIsRejected() throws IOException {
        Files.writeString(file, "# first\n" + GOOD + "---\n# second\n" + BAD + "---\n" + GOOD);

        CommandRun run = CommandRun.of("alarm", "check", "--corpus", file.toString());

        assertThat(run.lines()).hasSize(3);
        assertThat(run.lines().get(0)).isEqualTo("1 accept");
        assertThat(run.lines().get(1)).matches("2 reject 1:\\d+ .+");
        assertThat(run.lines().get(2)).isEqualTo("3 accept");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void aFileThatCantBeReadIsNamed() {
        CommandRun run = CommandRun.of("alarm", "check", file.toString());

        assertThat(run.err()).startsWith("tidewatch: The file " + file + " can't be read");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void wrongUsageIsToldApartFromFailure() {
        CommandRun run = CommandRun.of("alarm", "check");

        assertThat(run.err()).contains("FILE").contains("Usage: tidewatch alarm check");
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void letsTheEngineEvaluateWhatIsAccepted() throws IOException {
        Files.writeString(file, GOOD + "---\n" + BAD + "---\nif (metric['x'] > 1) { return new AlarmStatus(OK); }\n");

        CommandRun run = CommandRun.of("alarm", "check", "--corpus", "--evaluate", file.toString());

        assertThat(run.lines()).hasSize(4).last().isEqualTo("2 evaluated");
        assertThat(run.lines().get(2)).isEqualTo("3 accept");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void isContentWhenAllIsAcceptedAndEvaluated() throws IOException {
        Files.writeString(file, GOOD);

        CommandRun run = CommandRun.of("alarm", "check", "--evaluate", file.toString());

        assertThat(run.lines()).containsExactly(file + " accept", "1 evaluated");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void testComparesTransitions() throws IOException {
        Files.writeString(file, RECOVERS + "---\n" + RECOVERS.replace("fails and", "fails"));

        CommandRun run = CommandRun.of("alarm", "test", file.toString());

        assertThat(run.lines())
                .containsExactly("pass  fails and recovers", "pass  fails recovers", "2 passed, 0 failed");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void testShowsWhatWasPromisedBesideWhatHappened() throws IOException {
        Files.writeString(file, RECOVERS.replace("state: OK", "state: WARNING"));

        CommandRun run = CommandRun.of("alarm", "test", file.toString());

        assertThat(run.lines())
                .containsExactly(
                        "FAIL  fails and recovers  (" + file + ":1)",
                        "              0s  UNKNOWN  -> CRITICAL  'say \"no\"'",
                        "      -  30500ms  CRITICAL -> WARNING   'fine'   <- promised, but did not happen",
                        "      +  30500ms  CRITICAL -> OK        'fine'   <- happened, but is not promised",
                        "0 passed, 1 failed");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void testGoesOnAfterWhatCantBePlayed() throws IOException {
        Path missing = directory.resolve("missing.yaml");
        Files.writeString(
                file,
                RECOVERS.replace("criteria: ''", "criteria: |\n  # fine\n  if (metric['x'] = 1)") + "---\n" + RECOVERS);

        CommandRun run = CommandRun.of("alarm", "test", missing.toString(), file.toString());

        assertThat(run.lines()).hasSize(4);
        assertThat(run.lines().get(0)).startsWith("FAIL  " + missing + ": can't be read: ");
        assertThat(run.lines().get(1))
                .startsWith("FAIL  " + file + ":4:11: 'fails and recovers': criteria rejected at 2:17: ");
        assertThat(run.lines().get(2)).isEqualTo("pass  fails and recovers");
        assertThat(run.lines().get(3)).isEqualTo("1 passed, 2 failed");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void testTakesAFolder() throws IOException {
        Files.writeString(directory.resolve("one.yaml"), RECOVERS);
        Files.writeString(directory.resolve("two.yaml"), RECOVERS);

        CommandRun run = CommandRun.of("alarm", "test", directory.toString());

        assertThat(run.lines()).last().isEqualTo("2 passed, 0 failed");
    }

    @Test
    void runPrintsTransitionsAsJson() throws IOException {
        Files.writeString(file, RECOVERS.substring(0, RECOVERS.indexOf("transitions:")));

        CommandRun run = CommandRun.of("alarm", "run", file.toString());

        assertThat(run.lines())
                .containsExactly(
                        "{\"scenario\":\"fails and recovers\",\"at_ms\":0,\"previous\":\"UNKNOWN\","
                                + "\"state\":\"CRITICAL\",\"status\":\"say \\\"no\\\"\"}",
                        "{\"scenario\":\"fails and recovers\",\"at_ms\":30500,\"previous\":\"CRITICAL\","
                                + "\"state\":\"OK\",\"status\":\"fine\"}");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void runKeepsComplaintsApartFromTheJson() throws IOException {
        Files.writeString(file, "scenario: bad\n---\n" + RECOVERS);

        CommandRun run = CommandRun.of("alarm", "run", file.toString());

        assertThat(run.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"scenario\":\"fails and recovers\""));
        assertThat(run.err()).isEqualTo("tidewatch: " + file + ":1:1: a scenario has no 'period'\n");
        assertThat(run.exitCode()).isEqualTo(1);
    }

    @Test
    void readmeShowsWhatIsPrinted() throws IOException {
        String readme = Files.readString(Path.of("../README.md"));
        Matcher story =
                Pattern.compile("```yaml\n(scenario: .*?)```", Pattern.DOTALL).matcher(readme);
        assertThat(story.find()).isTrue();
        Path shown = Files.writeString(directory.resolve("slow.yaml"), story.group(1));

        CommandRun test = CommandRun.of("alarm", "test", shown.toString());
        CommandRun run = CommandRun.of("alarm", "run", shown.toString());

        assertThat(readme).contains("```text\n" + test.out().replace(directory + "/", "") + "```\n");
        assertThat(readme).contains("```text\n" + run.out() + "```\n");
    }
}
