package io.tidewatch.poller;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A poller as a process: {@code [--config FILE]}. Ends with SIGTERM or SIGINT; exit code 1 when it could not start, 2 when
 * arguments or settings are wrong.
 */
public final class PollerMain {
    private static final Logger log = LoggerFactory.getLogger(PollerMain.class);
    private static final Duration READY_TIMEOUT = Duration.ofMinutes(2);

    private PollerMain() {}

    public static void main(String[] arguments) {
        Settings settings;
        try {
            settings = Settings.load(PollerConfig.DEFINITION, "poller", arguments, System.getenv());
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        run(settings);
    }

    private static void run(Settings settings) {
        try {
            PollerApp app = new PollerApp(settings, Clock.systemUTC());
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
            app.start();
            app.awaitReady(READY_TIMEOUT);
            new CountDownLatch(1).await(); // until a signal ends the process, through the shutdown hook
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            log.error("The poller can't start reason={}", e.getMessage(), e);
            System.exit(1);
        }
    }
}
