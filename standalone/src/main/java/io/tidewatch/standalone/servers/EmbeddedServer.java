package io.tidewatch.standalone.servers;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

/**
 * One real server as a child process. It can be stopped, killed and started again on the same data as often as a test
 * wants to. Closing it is final. Calls may come from any thread, {@link #close} also while {@link #start} is at work.
 */
public abstract sealed class EmbeddedServer implements AutoCloseable
        permits EmbeddedBroker, EmbeddedCassandra, EmbeddedRegistry {
    /** Generous, because a build machine may be busy. A server that ends by itself is noticed at once. */
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);

    /** Together with what else has to end, below the ten seconds that a person waits after Ctrl-C. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(5);

    private final String name;
    private final Path logs;
    private final List<Integer> ports;

    private final Object lock = new Object();
    private Optional<ChildProcess> child = Optional.empty();
    private boolean closed;

    EmbeddedServer(String name, Path logs, List<Integer> ports) {
        this.name = name;
        this.logs = logs;
        this.ports = List.copyOf(ports);
    }

    /** What to call it in a sentence. */
    public final String name() {
        return name;
    }

    /** The file that it logs to. */
    public final Path log() {
        return logs.resolve(name + ".log");
    }

    /** Every port that it listens on. */
    public final List<Integer> ports() {
        return ports;
    }

    /** What its clients connect to. */
    public abstract String address();

    /**
     * Returns when the server answers its clients.
     *
     * @throws ServerException when a port is taken, or the server ends or does not answer; it is not running then
     */
    public final void start() {
        ports.forEach(port -> Port.requireFree(port, name, "--port-base N"));
        try {
            prepare();
            launch(command(), log()).awaitReady(READY_WITHIN, this::answers);
        } catch (ServerException e) {
            kill();
            throw e;
        }
    }

    /** Asks it to end and waits until it has, by force after five seconds. */
    public final void stop() {
        child().ifPresent(process -> process.stop(STOP_GRACE));
    }

    /** Ends it at once, as a crash would. */
    public final void kill() {
        child().ifPresent(ChildProcess::kill);
    }

    /** Stops it; it can't be started again. */
    @Override
    public final void close() {
        synchronized (lock) {
            closed = true;
        }
        stop();
    }

    /** Whether its process is there. */
    public final boolean isRunning() {
        return child().map(ChildProcess::isAlive).orElse(false);
    }

    /** The id of its newest process; empty before the first start. */
    public final OptionalLong pid() {
        return child().stream().mapToLong(ChildProcess::pid).findFirst();
    }

    /** Writes the configuration and whatever has to be there before the first start. */
    abstract void prepare();

    abstract JavaCommand command();

    /** Asks the server something that it can answer only when it is ready for clients. */
    abstract boolean answers();

    /** Runs a program of the server's own and waits for its success. */
    final void runToEnd(JavaCommand program) {
        launch(program, log()).awaitSuccess(READY_WITHIN);
    }

    /** Runs a program of the server's own until something is done, and stops it. It logs to a file of its own. */
    final void runUntil(String programName, JavaCommand program, BooleanSupplier done) {
        launch(program, logs.resolve(name + "-" + programName + ".log")).awaitReady(READY_WITHIN, done);
        stop();
    }

    private ChildProcess launch(JavaCommand command, Path log) {
        synchronized (lock) {
            if (closed) {
                throw new ServerException("The " + name + " is not started: everything is ending.");
            }
            ChildProcess process = ChildProcess.start(name, command, log);
            child = Optional.of(process);
            return process;
        }
    }

    private Optional<ChildProcess> child() {
        synchronized (lock) {
            return child;
        }
    }
}
