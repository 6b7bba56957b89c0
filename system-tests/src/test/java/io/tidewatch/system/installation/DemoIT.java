package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.standalone.TidewatchMain;
import io.tidewatch.system.servers.Classpath;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tidewatch demo} as a person sees it: the console has the story, and nothing else. Run before each merge by {@code
 * ./mvnw -Pdrills verify -Dgroups=demo}.
 */
@Tag("demo")
final class DemoIT {
    private static final int END_MINUTES = 4;

    /** What happens, with the seconds since the start; who sees what, below it; and a line to breathe. */
    private static final Pattern STORY =
            Pattern.compile(" {0,5}\\d+\\.\\d s  \\S.*| {20}mz\\w+ sees [A-Z]+(, mz\\w+ sees [A-Z]+)*|");

    @TempDir
    private Path directory;

    @Test
    void tellsItsStoryAndNothingElse() throws Exception {
        File out = directory.resolve("out").toFile();
        File err = directory.resolve("err").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TidewatchMain.class.getName(),
                "demo");
        builder.environment().put("CLASSPATH", Classpath.withoutTests());
        // A JVM that is given options this way says so, which is no part of the story.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        Process demo = builder.redirectOutput(out).redirectError(err).start();
        try {
            assertThat(demo.waitFor(END_MINUTES, TimeUnit.MINUTES)).isTrue();
        } finally {
            demo.destroyForcibly();
        }

        List<String> story = Files.readAllLines(out.toPath());
        assertThat(demo.exitValue()).as(String.join("\n", story)).isZero();
        assertThat(story).allMatch(STORY.asMatchPredicate());
        assertThat(story)
                .filteredOn(line -> line.contains("--- "))
                .extracting(line -> line.replaceFirst(".*--- ", ""))
                .containsExactly("FAULT: the web server stops listening", "REPAIR: the web server listens again");
        assertThat(story).anyMatch(line -> line.contains("  PASSED: first alert "));
        assertThat(err).isEmpty();
    }
}
