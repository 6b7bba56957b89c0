package io.tidewatch.standalone.servers;

import io.tidewatch.lifeline.Lifeline;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A JVM that this process has started. What it prints goes to a log file; it lives no longer than this process, thanks to
 * {@link Lifeline}. Its methods may be called from any thread.
 */
final class ChildProcess {
    private static final int LOG_LINES_SHOWN = 15;
    private static final Duration BETWEEN_QUESTIONS = Duration.ofMillis(100);

    private final String name;
    private final Path log;
    private final Process process;

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
    }

    /**
     * @param log gets what the process prints; the file of the start before is kept beside it, as {@code ….previous}
     */
    static ChildProcess start(String name, JavaCommand command, Path log) {
        try {
            Path directory =
                    Files.createDirectories(Objects.requireNonNull(log.getParent(), "a log is in a directory"));
            if (Files.exists(log)) {
                Files.move(
                        log, log.resolveSibling(log.getFileName() + ".previous"), StandardCopyOption.REPLACE_EXISTING);
            }
            ProcessBuilder builder = new ProcessBuilder(command.line(Lifeline.class.getName()));
            builder.environment().put("CLASSPATH", command.classPath());
            builder.directory(directory.toFile()).redirectErrorStream(true).redirectOutput(log.toFile());
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new ServerException("The " + name + " can't be started: " + e, e);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    long pid() {
        return process.pid();
    }

    /**
     * Asks again and again whether the process does what it is for, until it does.
     *
     * @throws ServerException with the end of its log when it ends instead, or takes longer
     */
    void awaitReady(Duration timeout, BooleanSupplier ready) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (!ready.getAsBoolean()) {
            if (hasEndedWithin(BETWEEN_QUESTIONS)) {
                throw failure("ended with exit code " + process.exitValue() + " while it was starting");
            }
            if (System.nanoTime() > deadline) {
                throw failure("was not ready after " + timeout.toSeconds() + " s");
            }
        }
    }

    /** @throws ServerException with the end of its log when it fails, or takes longer */
    void awaitSuccess(Duration timeout) {
        if (!hasEndedWithin(timeout)) {
            throw failure("was not done after " + timeout.toSeconds() + " s");
        }
        if (process.exitValue() != 0) {
            throw failure("failed with exit code " + process.exitValue());
        }
    }

    /**
     * Asks it to end, and ends it by force when it has not after {@code grace}. The handle's {@code destroy}, because the
     * process's own closes the child's standard input as well, which the lifeline takes for our death.
     */
    void stop(Duration grace) {
        process.toHandle().destroy();
        if (!hasEndedWithin(grace)) {
            kill();
        }
    }

    /** Ends it at once, as a crash would. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private boolean hasEndedWithin(Duration time) {
        try {
            return process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerException("Interrupted while waiting for the " + name, e);
        }
    }

    private ServerException failure(String what) {
        return new ServerException(
                "The " + name + " " + what + ". The end of its log, " + log + ":\n" + String.join("\n", endOfLog()));
    }

    private List<String> endOfLog() {
        try {
            List<String> lines = new ArrayList<>(Files.readAllLines(log, StandardCharsets.UTF_8));
            return lines.subList(Math.max(0, lines.size() - LOG_LINES_SHOWN), lines.size()).stream()
                    .map(line -> "  | " + line)
                    .toList();
        } catch (MalformedInputException cutCharacter) {
            return List.of("  | (not text)");
        } catch (IOException e) {
            return List.of("  | (unreadable: " + e + ")");
        }
    }
}
