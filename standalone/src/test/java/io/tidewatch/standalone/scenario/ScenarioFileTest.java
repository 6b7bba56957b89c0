package io.tidewatch.standalone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.State;
import io.tidewatch.standalone.scenario.Scenario.Expectation;
import io.tidewatch.standalone.scenario.Scenario.Observation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ScenarioFileTest {
    private static final String MINIMAL = """
            scenario: minimal
            period: 30s
            criteria: ''
            observations: []
            transitions: []
            """;

    @Test
    void readsEveryKey() {
        Scenario scenario = scenario("""
                # a comment
                scenario: everything
                check_type: remote.ping
                period: 5m
                zones: [a, b]
                criteria: |
                  :set consecutiveCount=2
                  return OK
                observations:
                  - {at: 250ms, zone: a, metrics: {duration: 120}}
                  - {at: 1h, zone: c, available: false, status: refused}
                transitions:
                  - {at: 5m, previous: UNKNOWN, state: OK, status: fine}
                  - {at: 1h, state: CRITICAL}
                """);

        assertThat(scenario)
                .isEqualTo(new Scenario(
                        "f.yaml:2",
                        "everything",
                        "remote.ping",
                        Duration.ofMinutes(5),
                        List.of("a", "b"),
                        ":set consecutiveCount=2\nreturn OK\n",
                        List.of(
                                new Observation(
                                        Duration.ofMillis(250), Optional.of("a"), true, "", Map.of("duration", 120L)),
                                new Observation(Duration.ofHours(1), Optional.of("c"), false, "refused", Map.of())),
                        Optional.of(List.of(
                                new Expectation(
                                        Duration.ofMinutes(5),
                                        Optional.of(State.UNKNOWN),
                                        State.OK,
                                        Optional.of("fine")),
                                new Expectation(
                                        Duration.ofHours(1), Optional.empty(), State.CRITICAL, Optional.empty())))));
    }

    @Test
    void fillsInWhatMayBeLeftOut() {
        Scenario scenario =
                scenario("{scenario: 404, period: 1s, criteria: return OK, observations: [{at: 0s}], transitions: }");

        assertThat(scenario.name()).isEqualTo("404");
        assertThat(scenario.checkType()).isEqualTo("remote.http");
        assertThat(scenario.zones()).isEmpty();
        assertThat(scenario.observations())
                .containsExactly(new Observation(Duration.ZERO, Optional.empty(), true, "", Map.of()));
        assertThat(scenario.expected()).contains(List.of());
    }

    @Test
    void tellsNoTransitionsFromTransitionsLeftOut() {
        assertThat(scenario(MINIMAL).expected()).contains(List.of());
        assertThat(scenario(MINIMAL.replace("transitions: []", "")).expected()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "0, 0",
                "-42, -42",
                "+7, 7",
                "007, 7",
                "0x1F, 31",
                "0o17, 15",
                "9223372036854775807, 9223372036854775807",
                "-9223372036854775808, -9223372036854775808"
            })
    void takesIntegersAsInt64(String yaml, long value) {
        assertThat(metric(yaml)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        ".5, 0.5",
        "5., 5.0",
        "-5.0, -5.0",
        "1e3, 1000.0",
        "2.5E-1, 0.25",
        ".inf, Infinity",
        "-.inf, -Infinity",
        ".NaN, NaN"
    })
    void takesFloatsAsDoubles(String yaml, double value) {
        assertThat(metric(yaml)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void takesTrueAndFalseAsBooleans(boolean value) {
        assertThat(metric(Boolean.toString(value))).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "yes",
                "no",
                "on",
                "off",
                "True",
                "FALSE",
                "y",
                "null",
                "~",
                "1_000",
                "12:30:45",
                "2026-01-01",
                "0b11",
                "1.2.3",
                "1e",
                "0xZZ",
                "+",
                "hello world",
                "<<"
            })
    void takesEverythingElseAsText(String yaml) {
        assertThat(metric(yaml)).isEqualTo(yaml);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {"'200', 200", "\"200\", 200", "'true', true", "'', ``", "\"1.5\", 1.5", "!!str 200, 200"})
    void takesWhatIsQuotedAsText(String yaml, String value) {
        assertThat(metric(yaml)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({"0s, 0", "250ms, 250", "30s, 30000", "5m, 300000", "1h, 3600000"})
    void readsDurations(String yaml, long millis) {
        Scenario scenario = scenario(MINIMAL.replace("observations: []", "observations: [{at: " + yaml + "}]"));

        assertThat(scenario.observations().get(0).at()).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "period: 30s     | preiod: 30s           | 2:1 | unknown key 'preiod' in a scenario; accepted are scenario, check_type, period, zones, criteria, observations, transitions",
                "period: 30s     | check_type: x         | 1:1 | a scenario has no 'period'",
                "scenario: minimal | check_type: x       | 1:1 | a scenario has no 'scenario'",
                "criteria: ''    | check_type: x         | 1:1 | a scenario has no 'criteria'",
                "observations: [] | check_type: x        | 1:1 | a scenario has no 'observations'",
                "period: 30s     | period: 30            | 2:9 | 'period' is '30', but has to be a duration: a whole number and ms, s, m or h, such as 250ms, 30s, 5m",
                "period: 30s     | period: 1500ms        | 2:9 | 'period' is '1500ms', but a check's period is whole seconds, at least 1s",
                "period: 30s     | period: 0s            | 2:9 | 'period' is '0s', but a check's period is whole seconds, at least 1s",
                "period: 30s     | period: 999999999999s | 2:9 | 'period' is '999999999999s', but a check's period is whole seconds, at least 1s",
                "period: 30s     | period: [30s]         | 2:9 | 'period' has to be a text",
                "period: 30s     | period:               | 2:8 | 'period' has no value; the empty text is ''",
                "period: 30s     | {period: 30s}         | 3:1 | no YAML: ",
                "criteria: ''    | criteria: if          | 3:11 | 'minimal': criteria rejected at 1:3: ",
                "criteria: ''    | scenario: again       | 3:1 | 'scenario' is in a scenario twice",
                "criteria: ''    | zones: a              | 3:8 | 'zones' has to be a list",
                "criteria: ''    | zones: [a, a]         | 3:8 | 'zones' names a zone twice",
                "criteria: ''    | zones: [a/b]          | 3:9 | a zone is 'a/b', but has to be at least one character, none of them '/'",
                "observations: []| observations: {at: 0s} | 4:15 | 'observations' has to be a list",
                "observations: []| observations: [0s]    | 4:16 | an observation has to be a mapping of keys to values",
                "observations: []| observations: [{}]    | 4:16 | an observation has no 'at'",
                "observations: []| observations: [{at: 1.5s}] | 4:21 | 'at' is '1.5s', but has to be a duration",
                "observations: []| observations: [{at: 0s, zone: a}] | 4:31 | an observation has a 'zone', but the scenario has no 'zones': an agent's observations name none",
                "observations: []| observations: [{at: 0s, available: yes}] | 4:36 | 'available' is 'yes', but has to be true or false",
                "observations: []| observations: [{at: 0s, metrics: [1]}] | 4:34 | 'metrics' has to be a mapping of keys to values",
                "observations: []| observations: [{at: 0s, metrics: {a: [1]}}] | 4:38 | 'a' has to be a text",
                "observations: []| observations: [{at: 0s, metrics: {a: }}] | 4:37 | 'a' has no value; the empty text is ''",
                "observations: []| observations: [{at: 0s, metrics: {a: 9223372036854775808}}] | 4:38 | 'a' is 9223372036854775808, which is no integer of 64 bits; write a float or, in quotes, a text",
                "observations: []| observations: [{at: 0s, metrics: {a: !x 1}}] | 4:38 | 'a' has the tag !x, but a metric is an integer, a float, true, false or a text",
                "transitions: [] | transitions: [{at: 0s}] | 5:15 | a transition has no 'state'",
                "transitions: [] | transitions: [{at: 0s, state: ok}] | 5:31 | 'state' is 'ok', but has to be one of [OK, WARNING, CRITICAL, UNKNOWN]",
                "transitions: [] | transitions: [{at: 0s, state: OK, zone: a}] | 5:35 | unknown key 'zone' in a transition; accepted are at, previous, state, status"
            })
    void refusesWhatIsWrongWithPlaceAndReason(String line, String replacement, String place, String reason) {
        List<ScenarioFile.Document> documents = ScenarioFile.parse("f.yaml", MINIMAL.replace(line, replacement));

        assertThat(documents).singleElement().isInstanceOf(Refusal.class);
        assertThat(documents.get(0).toString())
                .startsWith("f.yaml:" + place + ": ")
                .contains(reason);
    }

    @Test
    void refusesANumberByItsLengthBeforeItIsRead() {
        String measured = "observations: [{at: 0s, metrics: {a: " + "9".repeat(351) + "}}]";

        List<ScenarioFile.Document> documents =
                ScenarioFile.parse("f.yaml", MINIMAL.replace("observations: []", measured));

        assertThat(documents)
                .containsExactly(
                        new Refusal("f.yaml:4:38", "'a' is a number of 351 characters, but at most 350 are allowed"));
    }

    @Test
    void wantsTheZoneOfAnObservationWhereZonesAreListed() {
        String text = MINIMAL.replace("observations: []", "zones: [a]\nobservations: [{at: 0s}]");

        assertThat(ScenarioFile.parse("f.yaml", text))
                .containsExactly(
                        new Refusal("f.yaml:5:16", "an observation has no 'zone', but the scenario has 'zones'"));
    }

    @Test
    void readsDocumentsAfterOneThatIsRefused() {
        String text = "---\n" + MINIMAL + "---\nscenario: bad\n---\n# nothing\n---\n" + MINIMAL + "---\n";

        List<ScenarioFile.Document> documents = ScenarioFile.parse("f.yaml", text);

        assertThat(documents).hasSize(3);
        assertThat(documents.get(0)).isInstanceOf(Scenario.class);
        assertThat(documents.get(1)).isEqualTo(new Refusal("f.yaml:8:1", "a scenario has no 'period'"));
        assertThat(documents.get(2)).isInstanceOf(Scenario.class);
    }

    @Test
    void keepsTheDocumentsBeforeOneThatIsNoYaml() {
        List<ScenarioFile.Document> documents = ScenarioFile.parse("f.yaml", MINIMAL + "---\n[}\n");

        assertThat(documents).hasSize(2);
        assertThat(documents.get(0)).isInstanceOf(Scenario.class);
        assertThat(documents.get(1).toString()).startsWith("f.yaml:7:2: no YAML: ");
    }

    @Test
    void saysWhenThereIsNothingToPlay(@TempDir Path folder) {
        assertThat(ScenarioFile.parse("f.yaml", "# nothing\n"))
                .containsExactly(new Refusal("f.yaml", "there is no scenario in it"));
        assertThat(ScenarioFile.read(folder))
                .containsExactly(new Refusal(folder.toString(), "there is no file *.yaml in this folder"));
    }

    @Test
    void readsAllFilesBelowAFolderByName(@TempDir Path folder) throws IOException {
        Files.createDirectory(folder.resolve("below"));
        Files.writeString(folder.resolve("below/a.yaml"), MINIMAL.replace("minimal", "first"));
        Files.writeString(folder.resolve("c.yaml"), MINIMAL.replace("minimal", "second"));
        Files.writeString(folder.resolve("readme.txt"), "no scenario");

        assertThat(ScenarioFile.read(folder))
                .extracting(document -> ((Scenario) document).name())
                .containsExactly("first", "second");
    }

    @Test
    void namesAFileThatCantBeRead(@TempDir Path folder) throws IOException {
        Path missing = folder.resolve("missing.yaml");
        Path notText = Files.write(folder.resolve("latin1.yaml"), "scenario: é".getBytes(StandardCharsets.ISO_8859_1));

        assertThat(ScenarioFile.read(missing).get(0).toString()).startsWith(missing + ": can't be read: ");
        assertThat(ScenarioFile.read(notText).get(0).toString()).startsWith(notText + ": can't be read: ");
    }

    private static Scenario scenario(String text) {
        List<ScenarioFile.Document> documents = ScenarioFile.parse("f.yaml", text);
        assertThat(documents).hasOnlyElementsOfType(Scenario.class).hasSize(1);
        return (Scenario) documents.get(0);
    }

    private static Object metric(String yaml) {
        return scenario(MINIMAL.replace("observations: []", "observations:\n- at: 0s\n  metrics:\n    value: " + yaml))
                .observations()
                .get(0)
                .metrics()
                .get("value");
    }
}
