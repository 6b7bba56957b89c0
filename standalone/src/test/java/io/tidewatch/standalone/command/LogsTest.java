package io.tidewatch.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.joran.spi.JoranException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What 'up' and 'demo' show of the log, which goes to a file. */
final class LogsTest {
    private static final String PART = "io.tidewatch.poller.PollerApp";

    @TempDir
    private Path directory;

    private final LoggerContext context = new LoggerContext();

    @AfterEach
    void close() {
        context.stop();
    }

    @Test
    void warningsGoToTheFileAlone() throws Exception {
        String console = consoleOf(PART, log -> log.warn("Something odd"));

        assertThat(console).isEmpty();
        assertThat(file()).contains("WARN").contains("Something odd");
    }

    @Test
    void anErrorIsOneLineOnTheConsoleWithTheNameOfTheFile() throws Exception {
        String console =
                consoleOf(PART, log -> log.error("It died\nreason=worn out", new IllegalStateException("why")));

        assertThat(console)
                .isEqualTo("          ERROR: It died reason=worn out (more in " + logFile() + ")"
                        + System.lineSeparator());
        assertThat(file()).contains("java.lang.IllegalStateException: why");
    }

    @Test
    void whatTheCommandTellsItselfIsNotToldTwice() throws Exception {
        String console = consoleOf(Foreground.class.getName(), log -> log.error("The deployment failed"));

        assertThat(console).isEmpty();
        assertThat(file()).contains("The deployment failed");
    }

    @Test
    void adviceOfKafkasIsNotLoggedAtAll() throws Exception {
        consoleOf("org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils", log -> log.warn("Not updating"));

        assertThat(file()).isEmpty();
    }

    /** What one use of a logger shows on standard output, with the configuration of 'up' and 'demo'. */
    private String consoleOf(String logger, LogUse use) throws JoranException {
        PrintStream before = System.out;
        ByteArrayOutputStream console = new ByteArrayOutputStream();
        System.setOut(new PrintStream(console, true, StandardCharsets.UTF_8));
        try {
            context.setMDCAdapter(new LogbackMDCAdapter());
            context.putProperty("tidewatch.log.file", logFile().toString());
            context.putProperty("tidewatch.log.console", "errors");
            JoranConfigurator configurator = new JoranConfigurator();
            configurator.setContext(context);
            configurator.doConfigure(
                    Objects.requireNonNull(LogsTest.class.getResource("/io/tidewatch/standalone/logback-file.xml")));
            use.with(context.getLogger(logger));
            return console.toString(StandardCharsets.UTF_8);
        } finally {
            System.setOut(before);
        }
    }

    private Path logFile() {
        return directory.resolve("tidewatch.log");
    }

    private String file() throws IOException {
        return Files.readString(logFile());
    }

    private interface LogUse {
        void with(Logger log);
    }
}
