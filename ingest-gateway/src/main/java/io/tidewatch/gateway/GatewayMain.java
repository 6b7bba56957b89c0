package io.tidewatch.gateway;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
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
            run(Settings.load(GatewayConfig.DEFINITION, configFile(args), System.getenv()));
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

    private static Optional<Path> configFile(String[] args) {
        if (args.length == 0) {
            return Optional.empty();
        }
        if (args.length == 2 && args[0].equals("--config")) {
            return Optional.of(Path.of(args[1]));
        }
        throw new SettingsException("Usage: gateway [--config FILE]", null);
    }
}
