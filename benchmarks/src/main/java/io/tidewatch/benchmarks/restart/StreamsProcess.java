package io.tidewatch.benchmarks.restart;

import io.tidewatch.benchmarks.application.MeasuredApplication;
import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.benchmarks.servers.BenchmarkKafka;
import io.tidewatch.lifeline.Lifeline;
import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.TidewatchMain;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The command {@code streams --config FILE} with the application {@code alarms}, as a process that can be killed and
 * started again on its state directory. One thread; {@link #start} returns before the process is ready.
 */
final class StreamsProcess implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration END_WITHIN = Duration.ofSeconds(15);

    /** Source: Kafka Streams 4.3.1, {@code StateDirectory}. */
    private static final String PROCESS_METADATA = "kafka-streams-process-metadata";

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern PROCESS_ID = Pattern.compile("\"processId\"\\s*:\\s*\"([^\"]+)\"");

    private final Path directory;
    private final Path state;
    private final String application;
    private final int operationsPort = Port.free(1).get(0);
    private final HttpClient http = HttpClient.newHttpClient();
    private @Nullable Process process;
    private int starts;

    /** @param name another one's than that of every other process on this Kafka */
    StreamsProcess(BenchmarkKafka kafka, String name, int standbys) {
        directory = kafka.state().resolve(name);
        state = directory.resolve("state");
        application = MeasuredApplication.id(kafka, Application.ALARMS);
        Map<String, String> settings = Map.of(
                KafkaSettings.BOOTSTRAP_SERVERS, kafka.settings().bootstrapServers(),
                KafkaSettings.REGISTRY_URL, kafka.settings().registryUrl(),
                StreamsAppConfig.APPLICATIONS, Application.ALARMS.label(),
                RuntimeSettings.STATE_DIR, state.toString(),
                OperationsSettings.PORT, Integer.toString(operationsPort),
                RuntimeSettings.STANDBYS, Integer.toString(standbys));
        try {
            Files.createDirectories(directory);
            Files.write(
                    directory.resolve("streams.properties"),
                    settings.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The settings of " + name + " can't be written", e);
        }
    }

    void start() {
        starts++;
        ProcessBuilder builder = new ProcessBuilder(commandLine())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log().toFile());
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        // What this process was told about itself is not meant for that one.
        builder.environment().remove("JDK_JAVA_OPTIONS");
        try {
            process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("The streams process can't be started", e);
        }
    }

    /** @throws IllegalStateException with its log's last words when it is not ready in time */
    void awaitReady(Duration timeout) {
        if (!Await.isSoWithin(timeout, () -> answer("/health/ready").isPresent() || !isRunning()) || !isRunning()) {
            List<String> lines = logLines();
            throw new IllegalStateException("The streams process is not ready; its log ends with\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 10), lines.size())));
        }
    }

    /** Ends it at once, with SIGKILL. */
    void kill() {
        Process running = Objects.requireNonNull(process);
        running.destroyForcibly();
        running.onExit().join();
    }

    boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** The steps since its newest start. */
    RecoveryLog recovery() {
        return new RecoveryLog(logLines());
    }

    /** What its consumers' client ids begin with. */
    String clientId() {
        try {
            Matcher metadata = PROCESS_ID.matcher(
                    Files.readString(state.resolve(application).resolve(PROCESS_METADATA)));
            if (!metadata.find()) {
                throw new IllegalStateException("Kafka Streams keeps its process id in another form");
            }
            return application + "-" + metadata.group(1);
        } catch (IOException e) {
            throw new UncheckedIOException("Kafka Streams keeps its process id in another place", e);
        }
    }

    /** How many records its copies of other processes' stores are behind; empty when it doesn't say. */
    Optional<Double> standbyLag() {
        return answer("/metrics").flatMap(StandbyLag::in);
    }

    /** Asks it to end, and makes it. */
    @Override
    public void close() {
        if (process == null) {
            return;
        }
        // The handle's, because the process's own closes its standard input, which the lifeline takes for our death.
        process.toHandle().destroy();
        try {
            if (!process.waitFor(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            kill();
        }
    }

    private List<String> commandLine() {
        List<String> line = new ArrayList<>();
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.add("-XX:+ExitOnOutOfMemoryError");
        line.add("-Dlogback.configurationFile=io/tidewatch/benchmarks/logback-streams.xml");
        SPACE.splitAsStream(System.getProperty("benchmark.streams.options", ""))
                .filter(option -> !option.isEmpty())
                .forEach(line::add);
        line.add(Lifeline.class.getName());
        line.add(TidewatchMain.class.getName());
        line.addAll(List.of(
                "streams", "--config", directory.resolve("streams.properties").toString()));
        return line;
    }

    private Optional<String> answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + path))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? Optional.of(response.body()) : Optional.empty();
        } catch (IOException notYet) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the streams process", e);
        }
    }

    private Path log() {
        return directory.resolve("streams-" + starts + ".log");
    }

    private List<String> logLines() {
        try (var lines = Files.lines(log())) {
            return lines.collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException("The log of the streams process can't be read", e);
        }
    }
}
