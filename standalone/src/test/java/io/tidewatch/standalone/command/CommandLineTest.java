package io.tidewatch.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The words of the command line, without running what they say. */
final class CommandLineTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "up",
                "up --data d --port 8180 --port-base 100 --fresh",
                "up --zones a,b,c --min-period 5",
                "up --verbose",
                "demo",
                "demo --verbose",
                "infra --data d --port-base 1 --fresh",
                "gateway --config f",
                "poller --config f",
                "streams --config f",
                "streams --version",
                "topics",
                "topics --apply",
                "alarm check --corpus f",
                "alarm check f g",
                "alarm check --corpus --evaluate f",
                "alarm test f g",
                "alarm run f",
                "tail --from-beginning alert-events"
            })
    void understandsWhatIsPromised(String words) {
        var parsed = TidewatchCommand.on(
                        new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8),
                        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))
                .parseArgs(words.split(" "));

        assertThat(parsed.errors()).isEmpty();
        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void saysWhichVersionItIs() {
        CommandRun run = CommandRun.of("--version");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).matches("tidewatch \\d+\\.\\d+\\.\\d+(-SNAPSHOT)?\\R");
    }

    @Test
    void answersAnUnknownCommandWithTheUsageAndExitCodeTwo() {
        CommandRun run = CommandRun.of("upp");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("upp").contains("up");
    }
}
