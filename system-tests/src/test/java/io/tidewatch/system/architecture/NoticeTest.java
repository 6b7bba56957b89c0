package io.tidewatch.system.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each part runs with, as the build has resolved it, is what NOTICE says. */
final class NoticeTest {
    private static final Path PROJECT = Path.of("..");
    private static final List<String> PARTS =
            List.of("poller", "ingest-gateway", "streams-app", "notifier", "standalone");

    /** Ours are in the directories of their modules, all others in a Maven repository. */
    private static final Predicate<String> OURS =
            Pattern.compile("/target/tidewatch-[^/]*\\.jar$").asPredicate();

    private static final Pattern GROUP = Pattern.compile("^ {2}([a-z][a-z0-9._-]*) {2,}\\S.*$", Pattern.MULTILINE);

    private static Map<String, List<String>> classPaths;
    private static List<String> groupsInNotice;

    @BeforeAll
    static void read() throws IOException {
        classPaths = PARTS.stream().collect(Collectors.toMap(part -> part, NoticeTest::classPath));
        groupsInNotice = GROUP.matcher(Files.readString(PROJECT.resolve("NOTICE")))
                .results()
                .map(line -> line.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {"poller", "ingest-gateway"})
    void pollerAndGatewayRunWithoutWhatStreamsAndCommandLineNeed(String part) {
        assertThat(librariesOf(part))
                .noneMatch(isOf("com.espertech"))
                .noneMatch(isOf("org.antlr"))
                .noneMatch(isOf("org.codehaus.janino"))
                .noneMatch(isOf("org.rocksdb"))
                .noneMatch(isOf("info.picocli"))
                .noneMatch(library -> library.contains("/kafka-streams"));
    }

    @Test
    void pollerRunsWithoutWhatTimeSeriesNeed() {
        assertThat(librariesOf("poller"))
                .noneMatch(isOf("org.apache.cassandra"))
                .noneMatch(isOf("com.datastax.oss"))
                .noneMatch(isOf("com.datadoghq"))
                .noneMatch(isOf("com.google.protobuf"));
    }

    @Test
    void streamsAndCommandLineRunWithEsper() {
        assertThat(PARTS.stream().filter(part -> librariesOf(part).stream().anyMatch(isOf("com.espertech"))))
                .containsExactly("streams-app", "standalone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poller", "ingest-gateway", "streams-app", "notifier"})
    void aPartRunsWithNoOtherPart(String part) {
        assertThat(classPaths.get(part).stream().filter(OURS).map(jar -> jar.replaceAll(".*/|-[0-9].*", "")))
                .isSubsetOf("tidewatch-schemas", "tidewatch-streams-runtime")
                .contains("tidewatch-schemas");
    }

    @ParameterizedTest
    @ValueSource(strings = {"poller", "ingest-gateway", "streams-app", "notifier", "standalone"})
    void noPartRunsWithTestLibraries(String part) {
        assertThat(librariesOf(part))
                .noneMatch(library -> library.matches(".*/(junit|assertj|archunit|awaitility|jqwik|testcontainers)-.*"))
                // The command line plays scenarios on it.
                .noneMatch(library -> library.contains("/kafka-streams-test-utils/") && !part.equals("standalone"));
    }

    @Test
    void noticeNamesWhateverAPartRunsWith() {
        assertThat(libraries())
                .isNotEmpty()
                .allMatch(library ->
                        groupsInNotice.stream().anyMatch(group -> isOf(group).test(library)));
    }

    @Test
    void noticeNamesNothingElse() {
        assertThat(groupsInNotice)
                .doesNotHaveDuplicates()
                .allMatch(group -> libraries().anyMatch(isOf(group)));
    }

    private static List<String> classPath(String part) {
        Path file = PROJECT.resolve(part).resolve("target").resolve("classpath");
        try {
            return Arrays.asList(Files.readString(file).strip().split(":"));
        } catch (IOException e) {
            throw new AssertionError(file + " can't be read: it comes with './mvnw package'", e);
        }
    }

    private static List<String> librariesOf(String part) {
        return classPaths.get(part).stream().filter(OURS.negate()).toList();
    }

    private static Stream<String> libraries() {
        return PARTS.stream().flatMap(part -> librariesOf(part).stream()).distinct();
    }

    /** A repository's path is the group, the artifact, the version and the file. */
    private static Predicate<String> isOf(String group) {
        return Pattern.compile("/" + group.replace('.', '/') + "/[^/]+/[^/]+/[^/]+\\.jar$")
                .asPredicate();
    }
}
