package io.tidewatch.operations;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Timer;
import java.util.TimerTask;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.apache.kafka.common.config.ConfigDef;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of a part as a process: {@code [--config FILE | --version]}. It ends in order on SIGTERM and SIGINT, and by
 * itself as soon as only a restart can help, so that whoever supervises it restarts it.
 *
 * <p>Exit codes: 0 for an orderly end, 1 when the part could not start or has died, 2 for wrong arguments or settings. A
 * failure is one line on standard error, {@code tidewatch PART: reason}, and one ERROR in the log.
 */
public final class PartMain {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int WRONG_USAGE = 2;

    private static final Logger LOG = LoggerFactory.getLogger(PartMain.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);

    /** How long a dead part may take to close. Longer than any part takes when it is well. */
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(25);

    private final String part;
    private final ConfigDef definition;
    private final BiFunction<Settings, Clock, ? extends App> factory;
    private final PrintStream out;
    private final PrintStream errors;
    private final CountDownLatch ending = new CountDownLatch(1);

    PartMain(
            String part,
            ConfigDef definition,
            BiFunction<Settings, Clock, ? extends App> factory,
            PrintStream out,
            PrintStream errors) {
        this.part = part;
        this.definition = definition;
        this.factory = factory;
        this.out = out;
        this.errors = errors;
    }

    /**
     * Runs a part until it ends, and the process with it. Call it from {@code main}.
     *
     * @param part the part's name in messages, as on the command line
     * @param definition the part's settings
     * @param factory makes the part, which is started and closed here
     */
    public static void run(
            String part, ConfigDef definition, String[] arguments, BiFunction<Settings, Clock, ? extends App> factory) {
        PartMain main = new PartMain(part, definition, factory, System.out, System.err);
        Thread.setDefaultUncaughtExceptionHandler(
                (thread, e) -> LOG.error("A thread ended by an exception thread={}", thread.getName(), e));
        int exitCode = main.run(arguments, System.getenv(), Clock.systemUTC());
        // After a signal the virtual machine is already on its way down, and to exit here would wait for itself.
        if (exitCode != DONE) {
            haltAfter(CLOSE_TIMEOUT, exitCode);
            System.exit(exitCode);
        }
    }

    int run(String[] arguments, Map<String, String> environment, Clock clock) {
        if (List.of(arguments).equals(List.of("--version"))) {
            out.println("tidewatch " + part + " " + Version.current());
            return DONE;
        }
        try {
            return run(Settings.load(definition, part, arguments, environment), clock);
        } catch (SettingsException e) {
            errors.println("tidewatch " + part + ": " + e.getMessage());
            return WRONG_USAGE;
        }
    }

    private int run(Settings settings, Clock clock) {
        LOG.info("A part starts part={} version={}", part, Version.current());
        try (App app = factory.apply(settings, clock)) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(app), "shutdown"));
            app.start();
            return awaitEnd(app);
        } catch (RuntimeException e) {
            return isEnding() ? DONE : failed("can't start: " + e.getMessage(), e);
        }
    }

    private int awaitEnd(App app) {
        while (!endsWithin(LOOK_EVERY)) {
            List<String> dead = app.deadBecause();
            if (!dead.isEmpty() && !isEnding()) {
                return failed("ended, because only a restart helps: " + String.join("; ", dead), null);
            }
        }
        return DONE;
    }

    private int failed(String reason, @Nullable Exception cause) {
        LOG.error("A part failed part={} reason={}", part, reason, cause);
        errors.println("tidewatch " + part + ": " + reason);
        return FAILED;
    }

    /** Ends the part in order, on another thread than that of {@link #run}. */
    private void end(App app) {
        ending.countDown();
        app.close();
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    private boolean endsWithin(Duration timeout) {
        try {
            return ending.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** A dead part must not keep its process alive because it can't even be closed. */
    private static void haltAfter(Duration timeout, int exitCode) {
        new Timer("halt", true)
                .schedule(
                        new TimerTask() {
                            @Override
                            public void run() {
                                Runtime.getRuntime().halt(exitCode);
                            }
                        },
                        timeout.toMillis());
    }
}
