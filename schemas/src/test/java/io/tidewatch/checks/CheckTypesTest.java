package io.tidewatch.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.InvalidDetailsException;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTypesTest {
    @ParameterizedTest
    @MethodSource
    void isDeclaredWithoutRepetitionsAndForPeople(CheckType type) {
        assertThat(type.id()).matches("(remote|agent)\\.[-.\\w]{1,57}");
        assertThat(type.label()).isNotBlank();
        assertThat(type.description()).endsWith(".");
        assertThat(type.fields()).extracting(Field::name).doesNotHaveDuplicates();
        assertThat(type.fields()).extracting(Field::description).allMatch(text -> text.endsWith("."));
        assertThat(type.metrics()).extracting(DeclaredMetric::name).doesNotHaveDuplicates();
        assertThat(type.consecutiveCount()).isBetween(1, 5);
    }

    static Stream<CheckType> isDeclaredWithoutRepetitionsAndForPeople() {
        return CheckTypes.ALL.list().stream();
    }

    @Test
    void knowsTheMetricsOfEveryRemoteType() {
        assertThat(CheckTypes.ALL.list())
                .filteredOn(CheckType::isRemote)
                .hasSizeGreaterThan(2)
                .allMatch(CheckType::hasKnownMetrics);
    }

    @ParameterizedTest
    @CsvSource({
        "remote.http, code, true",
        "remote.http, body_match, true",
        "remote.http, body_match_k, true",
        "remote.http, body_match_, false",
        "remote.http, body_matches, false",
        "remote.http, dfw.code, false",
        "remote.http, average, false",
        "remote.ping, average, true",
        "agent.network, rx_bytes, true",
        "agent.network, eth0.rx_bytes, true",
        "agent.network, eth0_rx_bytes, false",
        "agent.network, bytes, false",
        "agent.load_average, 1m, true",
        "agent.mysql, threads.connected, true",
        "agent.mysql, threads.absent, false",
        "agent.plugin, whatever, true",
        "agent.mssql_version, whatever, true",
        "acme.database, whatever, true",
    })
    void knowsWhichMetricsATypeMayHave(String type, String metric, boolean may) {
        assertThat(CheckTypes.ALL.find(type).orElseThrow().mayHave(metric)).isEqualTo(may);
    }

    @Test
    void knowsNoRemoteTypeThatNoPollerRuns() {
        assertThat(CheckTypes.ALL.find("remote.telepathy")).isEmpty();
    }

    @Test
    void dampsPingMoreThanOthers() {
        assertThat(CheckTypes.ALL.consecutiveCount("remote.ping")).isEqualTo(3);
        assertThat(CheckTypes.ALL.consecutiveCount("remote.http")).isEqualTo(1);
        assertThat(CheckTypes.ALL.consecutiveCount("acme.database")).isEqualTo(1);
        assertThat(CheckTypes.ALL.consecutiveCount("remote.telepathy")).isEqualTo(1);
    }

    @Test
    void refusesTwoTypesWithOneId() {
        CheckType type = CheckType.named("remote.twice", "Twice", "Does it.");

        assertThatThrownBy(() -> new CheckTypes(List.of(type, type)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("remote.twice");
    }

    @Test
    void takesWhateverIsPlainForAnAgentsCheck() {
        Map<String, Object> details =
                Map.of("target", "/", "depth", 2L, "ratio", 0.5, "all", true, "none", "", "labels", Map.of("a", "b"));

        assertThat(stored("agent.filesystem", details)).isEqualTo(details);
        assertThat(stored("acme.database", details)).isEqualTo(details);
        assertThat(stored("agent.plugin", Map.of("timeout", "60000"))).isEqualTo(Map.of("timeout", "60000"));
    }

    @Test
    void takesTheArgumentsOfAPluginAsAListOrAsAText() {
        Map<String, Object> list = Map.of("file", "p", "args", Collections.nCopies(10, "a"));
        Map<String, Object> text = Map.of("file", "p", "args", "a b");

        assertThat(stored("agent.plugin", list)).isEqualTo(list);
        assertThat(stored("agent.plugin", text)).isEqualTo(text);
        assertUnfit("agent.plugin", "args", Collections.nCopies(11, "a"), "has 11 items, but may have 10");
        assertUnfit("agent.plugin", "args[1]", List.of("a", 1L), "has to be a text");
    }

    @ParameterizedTest
    @ValueSource(strings = {"agent.cpu", "agent.filesystem", "acme.database"})
    void refusesWhatIsNotPlainForAnAgentsCheck(String type) {
        assertUnfit(type, "a", List.of("b"), "has to be true, false, a number, a text");
        assertUnfit(type, "a", new HashSet<>(), "has to be true, false, a number, a text");
        assertUnfit(type, "a", "x".repeat(8097), "has 8097 characters, but may have 8096");
        assertUnfit(type, "a.b", Map.of("b", 1L), "has to be a text");
        assertUnfit(type, "k".repeat(256), 1L, "has 256 characters, but may have 255");
    }

    private static Map<String, Object> stored(String type, Map<String, Object> details) {
        return CheckTypes.ALL.find(type).orElseThrow().stored(details);
    }

    private static void assertUnfit(String type, String path, Object value, String message) {
        String name = path.replaceFirst("(?<=^[a-z]{1,9})[.\\[].*", "");

        assertThatThrownBy(() -> stored(type, Map.of(name, value)))
                .isInstanceOfSatisfying(
                        InvalidDetailsException.class,
                        e -> assertThat(e.field()).isEqualTo(path))
                .hasMessageContaining(message);
    }
}
