package io.tidewatch.system.quarantine;

import io.tidewatch.lifeline.Lifeline;
import io.tidewatch.standalone.servers.Port;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A process of the stream applications with a {@link Disturbance}, started again whenever it ends by itself. */
final class DisturbedProcess implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    private final Path directory;
    private final Disturbance disturbance;
    private final int operationsPort = Port.free(1).get(0);
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private Process process;
    private boolean closing;

    /**
     * Starts it.
     *
     * @param directory for its state, settings and log
     */
    DisturbedProcess(Path directory, Disturbance disturbance, Map<String, String> settings) {
        this.directory = directory;
        this.disturbance = disturbance;
        Map<String, String> all = new TreeMap<>(settings);
        all.put("state.dir", directory.resolve("state").toString());
        all.put("operations.port", Integer.toString(operationsPort));
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    config(),
                    all.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .collect(Collectors.joining("\n")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        process = start();
    }

    boolean isReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/health/ready"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == HttpURLConnection.HTTP_OK;
        } catch (IOException noAnswer) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** As a crash; it is started again. */
    synchronized void kill() {
        process.destroyForcibly();
    }

    /** Kills it for good. */
    @Override
    public void close() {
        Process last;
        synchronized (this) {
            closing = true;
            last = process;
        }
        last.destroyForcibly().onExit().join();
    }

    private Process start() {
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-D" + DisturbedStreamsMain.DISTURBANCE + "=" + disturbance,
                Lifeline.class.getName(),
                DisturbedStreamsMain.class.getName(),
                "--config",
                config().toString()));
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        try {
            Process started = builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            directory.resolve("streams.log").toFile()))
                    .start();
            var unused = started.onExit().thenRun(this::startAgain);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void startAgain() {
        if (!closing) {
            process = start();
        }
    }

    private Path config() {
        return directory.resolve("streams.properties");
    }
}
