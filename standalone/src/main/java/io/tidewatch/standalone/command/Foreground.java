package io.tidewatch.standalone.command;

import io.tidewatch.standalone.local.Console;
import io.tidewatch.standalone.local.LocalDeployment;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/**
 * Runs a deployment until Ctrl-C or SIGTERM, or until something in it dies. A signal makes the JVM run shutdown hooks, so
 * that is where the orderly end happens, and where the process leaves.
 */
final class Foreground {
    private static final Logger LOG = LoggerFactory.getLogger(Foreground.class);

    /** A person who presses Ctrl-C has the prompt back within ten seconds, whatever hangs. */
    private static final int END_WITHIN_MS = 9_000;

    private static final int BETWEEN_LOOKS_MS = 1_000;

    private final Console console;
    private final LocalDeployment deployment;
    private final IntSupplier afterSignal;
    private final CountDownLatch signalled = new CountDownLatch(1);

    /** @param afterSignal runs after a signal has ended everything, and gives the exit code of this process */
    Foreground(Console console, LocalDeployment deployment, IntSupplier afterSignal) {
        this.console = console;
        this.deployment = deployment;
        this.afterSignal = afterSignal;
    }

    /**
     * @param work what to do after the deployment has started; says why it failed, or nothing when it is done
     * @return the exit code, after everything has ended; a signal ends the process instead
     */
    int run(Supplier<Optional<String>> work) {
        Thread hook = new Thread(this::endOrderly, "end-orderly");
        Runtime.getRuntime().addShutdownHook(hook);
        Optional<String> failure = startAnd(work);
        if (isShuttingDown(hook)) {
            return awaitEndOfProcess();
        }
        failure.ifPresent(reason -> console.event("FAILED: %s", reason));
        deployment.close();
        return failure.isPresent() ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
    }

    /** Returns when something in the deployment has died, with the reason, or when a signal has come. */
    Optional<String> awaitFault() {
        Optional<String> fault = deployment.fault();
        while (fault.isEmpty() && !isSignalledWithin(BETWEEN_LOOKS_MS)) {
            fault = deployment.fault();
        }
        return fault;
    }

    private Optional<String> startAnd(Supplier<Optional<String>> work) {
        try {
            deployment.start();
            return work.get();
        } catch (RuntimeException e) {
            LOG.error("The deployment failed", e);
            return Optional.of(Optional.ofNullable(e.getMessage()).orElse(e.toString()));
        }
    }

    private boolean isSignalledWithin(int timeMs) {
        try {
            return signalled.await(timeMs, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while watching", e);
        }
    }

    private void endOrderly() {
        signalled.countDown();
        console.event("ending (at most %d s)", END_WITHIN_MS / 1000);
        CompletableFuture<Integer> exitCode = CompletableFuture.supplyAsync(() -> {
            deployment.close();
            return afterSignal.getAsInt();
        });
        try {
            int code = exitCode.get(END_WITHIN_MS, TimeUnit.MILLISECONDS);
            console.event("all ended");
            Runtime.getRuntime().halt(code);
        } catch (ExecutionException | TimeoutException | InterruptedException e) {
            LOG.error("The deployment did not end", e);
            console.event("something did not end in order: killing the rest");
            Runtime.getRuntime().halt(CommandLine.ExitCode.SOFTWARE);
        }
    }

    /** Takes the hook back, which the JVM refuses when a signal has set the hooks off. */
    private static boolean isShuttingDown(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
            return false;
        } catch (IllegalStateException hooksAreRunning) {
            return true;
        }
    }

    /** The hook halts the process. */
    private static int awaitEndOfProcess() {
        return new CompletableFuture<Integer>().join();
    }
}
