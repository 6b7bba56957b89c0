package io.tidewatch.notifier.channel;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A program of others that a test starts on this machine, and ends. What it prints goes to a file. */
final class Counterpart implements AutoCloseable {
    private static final long END_WITHIN_SECONDS = 10;

    private final Path log;
    private final Process process;

    private Counterpart(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** @throws AssertionError when it is not installed, and then says how it can be */
    static Counterpart start(String debianPackage, Path log, String... command) {
        if (!Files.isExecutable(Path.of(command[0]))) {
            throw new AssertionError(
                    "This test needs " + command[0] + ": apt-get install -y --no-install-recommends " + debianPackage);
        }
        try {
            return new Counterpart(
                    log,
                    new ProcessBuilder(command)
                            .directory(log.getParent().toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What it has printed so far. */
    List<String> printed() {
        try {
            return Files.readAllLines(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static int freePort() {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(END_WITHIN_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().onExit().get(END_WITHIN_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The process does not end: " + printed(), e);
        }
    }
}
