package io.tidewatch.system.installation;

import com.sun.jdi.Bootstrap;
import com.sun.jdi.ObjectReference;
import com.sun.jdi.ThreadReference;
import com.sun.jdi.VirtualMachine;
import com.sun.jdi.connect.AttachingConnector;
import com.sun.jdi.connect.Connector;
import io.tidewatch.lifeline.Lifeline;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.system.servers.Classpath;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * One part of Tidewatch as a process of its own, run by its own Main as a real deployment runs it. Its threads can be killed
 * from outside.
 */
public final class PartProcess implements AutoCloseable {
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(ANSWER_TIMEOUT).build();

    /** The virtual machine keeps some exceptions in store; one of these is thrown in a thread to kill it. */
    private static final String DEADLY = "java.lang.ArithmeticException";

    private final String name;
    private final Path log;
    private final int operationsPort;
    private final int debugPort;
    private final Process process;

    /**
     * Starts it.
     *
     * @param main its process entry
     * @param directory for its settings and its log
     * @param settings all but the port for health and metrics
     */
    public PartProcess(Class<?> main, Path directory, Map<String, String> settings) {
        List<Integer> ports = Port.free(2);
        name = main.getSimpleName();
        log = directory.resolve(name + ".log");
        operationsPort = ports.get(0);
        debugPort = ports.get(1);
        Map<String, String> all = new HashMap<>(settings);
        all.put("operations.port", Integer.toString(operationsPort));
        try {
            Path config = Files.writeString(
                    directory.resolve(name + ".properties"),
                    all.entrySet().stream()
                            .map(setting -> setting.getKey() + "=" + setting.getValue())
                            .collect(Collectors.joining("\n")));
            ProcessBuilder builder = new ProcessBuilder(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx256m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "-agentlib:jdwp=transport=dt_socket,server=y,suspend=n,quiet=y,address=127.0.0.1:" + debugPort,
                    Lifeline.class.getName(),
                    main.getName(),
                    "--config",
                    config.toString());
            builder.environment().put("CLASSPATH", Classpath.withoutTests());
            process = builder.redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public boolean isReady() {
        return operations("/health/ready").isPresent();
    }

    /** Why it isn't ready, a reason a line; empty when it is, or does not answer. */
    Optional<String> unreadyBecause() {
        return answer("/health/ready")
                .filter(answer -> answer.statusCode() == HttpURLConnection.HTTP_UNAVAILABLE)
                .map(HttpResponse::body);
    }

    /** Whether it thinks that a restart would not help it. */
    public boolean isLive() {
        return operations("/health/live").isPresent();
    }

    /** Its metrics in Prometheus' form; empty when it gives none. */
    public Optional<String> metrics() {
        return operations("/metrics");
    }

    public long processId() {
        return process.pid();
    }

    /** What it answers for its operators; empty when that is not 200. */
    private Optional<String> operations(String path) {
        return answer(path)
                .filter(answer -> answer.statusCode() == HttpURLConnection.HTTP_OK)
                .map(HttpResponse::body);
    }

    private Optional<HttpResponse<String>> answer(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operationsPort + path))
                .timeout(ANSWER_TIMEOUT)
                .build();
        try {
            return Optional.of(HTTP.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException noAnswer) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /**
     * Waits until it ends by itself.
     *
     * @throws IllegalStateException when it does not within the time
     */
    int awaitExitCode(Duration timeout) throws InterruptedException {
        if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException(name + " has not ended within " + timeout + "; it logged:\n" + log());
        }
        return process.exitValue();
    }

    /** What it has logged and printed so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Throws an exception in the thread of that name, wherever it is, which its code does not expect. */
    void killThread(String threadName) throws Exception {
        VirtualMachine machine = attach();
        try {
            ThreadReference thread = machine.allThreads().stream()
                    .filter(candidate -> candidate.name().equals(threadName))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException(name + " has no thread " + threadName + " among "
                            + machine.allThreads().stream()
                                    .map(ThreadReference::name)
                                    .sorted()
                                    .toList()));
            ObjectReference deadly =
                    machine.classesByName(DEADLY).get(0).instances(1).get(0);
            thread.stop(deadly);
        } finally {
            machine.dispose();
        }
    }

    /**
     * Tells it to end, and waits for that.
     *
     * @throws IllegalStateException when it does not within the time
     */
    public void stop(Duration timeout) throws InterruptedException {
        process.destroy();
        int unused = awaitExitCode(timeout);
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public String toString() {
        return name;
    }

    private VirtualMachine attach() throws Exception {
        AttachingConnector connector = Bootstrap.virtualMachineManager().attachingConnectors().stream()
                .filter(candidate -> candidate.name().equals("com.sun.jdi.SocketAttach"))
                .findFirst()
                .orElseThrow();
        Map<String, Connector.Argument> arguments = connector.defaultArguments();
        arguments.get("hostname").setValue("127.0.0.1");
        arguments.get("port").setValue(Integer.toString(debugPort));
        return connector.attach(arguments);
    }
}
