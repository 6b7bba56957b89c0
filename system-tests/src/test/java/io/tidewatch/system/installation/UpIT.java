package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.standalone.TidewatchMain;
import io.tidewatch.standalone.local.ApiClient;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.standalone.servers.ServerPorts;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidewatch up} as a person runs it: in a process of its own, ended with a signal, started again on its data. */
final class UpIT {
    private static final Duration START = Duration.ofMinutes(4);
    private static final int END_SECONDS = 10;

    @TempDir
    private Path directory;

    private Optional<Process> up = Optional.empty();

    @AfterEach
    void leaveNothingBehind() {
        up.ifPresent(Process::destroyForcibly);
    }

    @Test
    void whatWasCreatedIsThereAfterARestart() throws Exception {
        int shift = freeShift();
        String api = "http://127.0.0.1:" + (8080 + shift) + "/v1.0/acme";

        Process first = startUp(shift);
        String entity = new ApiClient(api).create("/entities", Map.of("label", "kept"));
        List<ProcessHandle> servers = first.children().toList();
        assertThat(servers).hasSize(3);
        assertThatItEnds(first);
        assertThat(servers).noneMatch(ProcessHandle::isAlive);

        Process second = startUp(shift);
        assertThat(get(api + "/entities/" + entity)).contains("\"kept\"");
        assertThatItEnds(second);
    }

    @Test
    void aDeadServerEndsEverything() throws Exception {
        Process process = startUp(freeShift());
        ProcessHandle server = process.children().findFirst().orElseThrow();

        server.destroyForcibly();

        assertThat(process.waitFor(2L * END_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(1);
        assertThat(output()).contains("FAILED: the ").contains("has ended; its log is in");
        assertThat(process.descendants()).isEmpty();
    }

    private void assertThatItEnds(Process process) throws InterruptedException, IOException {
        process.toHandle().destroy();
        assertThat(process.waitFor(END_SECONDS, TimeUnit.SECONDS))
                .as("ends within %s s; it said: %s", END_SECONDS, output())
                .isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(output().stripTrailing()).endsWith("all ended");
    }

    private Process startUp(int shift) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TidewatchMain.class.getName(),
                "up",
                "--data",
                directory.resolve("data").toString(),
                "--port-base",
                Integer.toString(shift));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        Process process =
                builder.redirectErrorStream(true).redirectOutput(outputFile()).start();
        up = Optional.of(process);
        await().atMost(START).until(() -> !process.isAlive() || output().contains("running. Ctrl-C"));
        assertThat(process.isAlive()).as(output()).isTrue();
        return process;
    }

    private File outputFile() {
        return directory.resolve("output").toFile();
    }

    private String output() throws IOException {
        return Files.readString(outputFile().toPath());
    }

    /** Moves all ports to where they are free. */
    private static int freeShift() {
        return Port.free(1).get(0) - ServerPorts.shiftedBy(0).broker();
    }

    private static String get(String url) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString())
                .body();
    }
}
