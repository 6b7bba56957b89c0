package io.tidewatch.gateway;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The gateway as a process: {@code [--config FILE]}. Exits with 2 for wrong usage or settings, 1 for a failed start. */
public final class GatewayMain {
    private static final Logger LOG = LoggerFactory.getLogger(GatewayMain.class);
    private static final Duration START_PATIENCE = Duration.ofMinutes(2);
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private GatewayMain() {}

    public static void main(String[] args) {
        try {
            run(Settings.load(GatewayConfig.DEFINITION, "gateway", args, System.getenv()));
        } catch (SettingsException e) {
            System.err.println(e.getMessage());
            System.exit(WRONG_USAGE);
        } catch (RuntimeException e) {
            LOG.error("The gateway could not start", e);
            System.err.println("The gateway could not start: " + e.getMessage());
            System.exit(FAILED);
        }
    }

    private static void run(Settings settings) {
        GatewayApp app = new GatewayApp(settings, Clock.systemUTC());
        Runtime.getRuntime().addShutdownHook(new Thread(app::close, "close-gateway"));
        app.start();
        app.awaitReady(START_PATIENCE);
    }
}
