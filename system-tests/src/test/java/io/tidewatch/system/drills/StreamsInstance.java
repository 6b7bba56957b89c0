package io.tidewatch.system.drills;

import io.tidewatch.lifeline.Lifeline;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.TidewatchMain;
import io.tidewatch.standalone.servers.LowPriority;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.system.servers.Classpath;
import java.io.File;
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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A process of {@code tidewatch streams} in a directory of its own. */
final class StreamsInstance implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);
    private static final Pattern PROCESS_ID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();

    private final List<String> prefix;
    private final Path directory;
    private final Jvm jvm;
    private final KafkaSettings kafka;
    private final Map<String, String> settings;
    private int operationsPort;
    private Optional<Process> process = Optional.empty();

    /** What a process is made for; each kind has the options of its virtual machine, with spaces between them. */
    enum Jvm {
        /** For starts, two at a time on a machine that has other work: less compiling means sooner at work. */
        SHORT_LIVED("-Xmx256m -XX:TieredStopAtLevel=1"),
        /** For steady work, which the usual compilers make cheap in the end. */
        LONG_LIVED("-Xmx512m");

        private final String options;

        Jvm(String options) {
            this.options = options;
        }
    }

    private StreamsInstance(
            List<String> prefix, Path directory, Jvm jvm, KafkaSettings kafka, Map<String, String> settings) {
        this.prefix = prefix;
        this.directory = directory;
        this.jvm = jvm;
        this.kafka = kafka;
        this.settings = Map.copyOf(settings);
    }

    /**
     * With the alarms application alone.
     *
     * @param directory for its state, its settings and its log
     */
    static StreamsInstance ofAlarms(Path directory, Jvm jvm, KafkaSettings kafka) {
        return new StreamsInstance(List.of(), directory, jvm, kafka, Map.of("applications", "alarms"));
    }

    /**
     * With rollups and sink, which let alarms go first where processors are scarce.
     *
     * @param directory for its state, its settings and its log
     * @param settings of these two applications
     */
    static StreamsInstance ofStorage(Path directory, Jvm jvm, KafkaSettings kafka, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("applications", "rollups,sink");
        return new StreamsInstance(LowPriority.prefix(), directory, jvm, kafka, all);
    }

    void start() {
        operationsPort = Port.free(1).get(0);
        try {
            Files.createDirectories(directory);
            Path config = Files.writeString(directory.resolve("streams.properties"), allSettings());
            ProcessBuilder builder = new ProcessBuilder(commandLine(config));
            builder.environment().put("CLASSPATH", Classpath.withoutTests());
            process = Optional.of(builder.redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(log().toFile()))
                    .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As a crash, or kill -9. */
    void kill() {
        running().destroyForcibly().onExit().join();
    }

    /** Holds it up wherever it is, until {@link #thaw} or its end. The broker does not notice for a while. */
    void freeze() {
        signal("-STOP");
    }

    void thaw() {
        signal("-CONT");
    }

    /** Tells it to end with SIGTERM, and waits until it has. */
    void end(Duration within) {
        Process ending = running();
        // The handle's, because the process's own closes its input as well, which the lifeline takes for our death.
        ending.toHandle().destroy();
        try {
            if (!ending.waitFor(within.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException(directory + " did not end within " + within);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Deletes what it has stored on this machine. It must not be running. */
    void loseState() {
        try (Stream<Path> files = Files.walk(state())) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(StreamsInstance::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isReady() {
        return readiness() == HttpURLConnection.HTTP_OK;
    }

    /** Whether the last that it wrote down of its state is that it takes over work, which it does until stores are restored. */
    boolean isTakingOverWork() {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains("Application changed its state"))
                    .reduce((earlier, later) -> later)
                    .filter(line -> line.endsWith("state=REBALANCING"))
                    .isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What Kafka Streams calls this process, in the ids of its consumers and transactions; it goes with the state. */
    Optional<String> processId() {
        try (Stream<Path> files = Files.walk(state(), 2)) {
            Optional<Path> file = files.filter(path -> path.endsWith("kafka-streams-process-metadata"))
                    .findFirst();
            return file.isEmpty()
                    ? Optional.empty()
                    : Optional.of(PROCESS_ID.matcher(Files.readString(file.get())))
                            .filter(Matcher::find)
                            .map(Matcher::group);
        } catch (IOException | UncheckedIOException notThereYet) {
            return Optional.empty();
        }
    }

    /** Kills it if it is still there. */
    @Override
    public void close() {
        process.ifPresent(left -> left.destroyForcibly().onExit().join());
    }

    @Override
    public String toString() {
        return directory.getFileName().toString();
    }

    private Process running() {
        return process.filter(Process::isAlive)
                .orElseThrow(() -> new IllegalStateException(directory + " has ended by itself: see its log"));
    }

    private void signal(String signal) {
        try {
            int exitCode = new ProcessBuilder(
                            "kill", signal, Long.toString(running().pid()))
                    .start()
                    .onExit()
                    .join()
                    .exitValue();
            if (exitCode != 0) {
                throw new IllegalStateException("kill " + signal + " failed for " + directory);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The HTTP status; 0 when there is no answer. */
    private int readiness() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + "/health/ready"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException noAnswer) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 0;
        }
    }

    private Path log() {
        return directory.resolve("streams.log");
    }

    private Path state() {
        return directory.resolve("state");
    }

    private String allSettings() {
        Map<String, String> all = new TreeMap<>(settings);
        all.put("kafka.bootstrap.servers", kafka.bootstrapServers());
        all.put("schema.registry.url", kafka.registryUrl());
        all.put("topic.prefix", kafka.topics().prefix());
        all.put("state.dir", state().toString());
        all.put("operations.port", Integer.toString(operationsPort));
        return all.entrySet().stream()
                .map(setting -> setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining("\n"));
    }

    private List<String> commandLine(Path config) {
        List<String> line = new ArrayList<>(prefix);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(List.of("-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"));
        line.addAll(List.of(jvm.options.split(" ")));
        line.addAll(List.of(
                Lifeline.class.getName(), TidewatchMain.class.getName(), "streams", "--config", config.toString()));
        return line;
    }

    private static void delete(File file) {
        if (!file.delete()) {
            throw new IllegalStateException(file + " can't be deleted");
        }
    }
}
