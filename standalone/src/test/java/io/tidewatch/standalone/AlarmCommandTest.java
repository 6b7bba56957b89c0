package io.tidewatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AlarmCommandTest {
    private static final String GOOD = "return new AlarmStatus(OK, 'fine');\n";
    private static final String BAD = "if (metrics['code'] == '200') {\n";

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
}
