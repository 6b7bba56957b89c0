package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.TidewatchMain;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.system.servers.Classpath;
import io.tidewatch.topics.TopicNames;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** {@code tidewatch up} in a process of its own, as a person runs it. */
final class UpInstallation implements Installation {
    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
    private static final int DEFAULT_API_PORT = 8080;

    private final int shift;
    private final ServerPorts ports;
    private final Path output;
    private final Process process;

    /**
     * Returns when it says that it runs.
     *
     * @param directory for its data and what it prints
     * @param shift see {@link #freeShift}
     */
    UpInstallation(Path directory, int shift) {
        this.shift = shift;
        this.ports = ServerPorts.shiftedBy(shift);
        this.output = directory.resolve("output");
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                TidewatchMain.class.getName(),
                "up",
                "--data",
                directory.resolve("data").toString(),
                "--port-base",
                Integer.toString(shift),
                "--zones",
                String.join(",", ZONES),
                "--min-period",
                Integer.toString(PERIOD_SECONDS));
        builder.environment().put("CLASSPATH", Classpath.withoutTests());
        try {
            process = builder.redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        await().atMost(START_TIMEOUT).until(() -> !process.isAlive() || output().contains("running. Ctrl-C"));
        assertThat(process.isAlive()).as(output()).isTrue();
    }

    /** How far to move all ports to where they are free. */
    static int freeShift() {
        return Port.free(1).get(0) - ServerPorts.shiftedBy(0).broker();
    }

    @Override
    public String api() {
        return "http://127.0.0.1:" + (DEFAULT_API_PORT + shift) + "/v1.0";
    }

    @Override
    public KafkaSettings kafka() {
        return new KafkaSettings(
                "127.0.0.1:" + ports.broker(),
                "http://127.0.0.1:" + ports.registry() + "/apis/ccompat/v7",
                TopicNames.withDefaultPrefix());
    }

    @Override
    public CqlSession cassandra() {
        return EmbeddedCassandra.session(ports.cassandra());
    }

    @Override
    public String thisMachine() {
        return "127.0.0.1";
    }

    Process process() {
        return process;
    }

    /** What it has printed so far, on standard output and standard error. */
    String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Kills it if it is still there; its servers follow. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
