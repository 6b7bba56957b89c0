package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No server outlives the process that has started it, even when that process has no chance to end it. */
final class OrphanIT {
    private static final Duration START = Duration.ofMinutes(2);
    private static final Duration GONE = Duration.ofSeconds(15);

    @TempDir
    private Path directory;

    private Process parent;
    private List<ProcessHandle> children = List.of();

    @AfterEach
    void leaveNothingBehind() {
        parent.destroyForcibly();
        children.forEach(ProcessHandle::destroyForcibly);
    }

    @Test
    void killingTheParentOfRunningServersEndsThem() throws IOException {
        parent = startParent();
        awaitLine("ready");
        children = parent.descendants().toList();
        assertThat(children).hasSize(3);

        parent.destroyForcibly();

        await().atMost(GONE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    @Test
    void killingTheParentOfStartingServersEndsThem() throws IOException {
        parent = startParent();
        awaitLine("starting");
        await().atMost(START).until(() -> parent.descendants().count() >= 3);
        children = parent.descendants().toList();

        parent.destroyForcibly();

        await().atMost(GONE).until(() -> children.stream().noneMatch(ProcessHandle::isAlive));
    }

    private Process startParent() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                StartServersMain.class.getName(),
                directory.toString());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    private void awaitLine(String expected) {
        BufferedReader output = parent.inputReader();
        await().atMost(START).until(() -> nextLine(output).equals(expected));
    }

    private static String nextLine(BufferedReader output) {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new IllegalStateException("the process has ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
