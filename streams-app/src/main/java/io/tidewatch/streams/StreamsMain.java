package io.tidewatch.streams;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.io.PrintStream;
import java.time.Clock;
import java.util.Map;

/** The process of the stream applications: {@code [--config FILE]}, ends with SIGTERM. */
public final class StreamsMain {
    private static final int FAILED = 1;
    private static final int WRONG_USAGE = 2;

    private StreamsMain() {}

    public static void main(String[] arguments) {
        int exitCode = run(arguments, System.getenv(), System.err);
        // In an orderly end the virtual machine is already on its way down, and this must not wait for itself.
        if (exitCode != 0) {
            System.exit(exitCode);
        }
    }

    private static int run(String[] arguments, Map<String, String> environment, PrintStream errors) {
        Settings settings;
        try {
            settings = Settings.load(StreamsAppConfig.definition(), "streams", arguments, environment);
        } catch (SettingsException e) {
            errors.println(e.getMessage());
            return WRONG_USAGE;
        }
        try (StreamsApp app = new StreamsApp(settings, Clock.systemUTC())) {
            Runtime.getRuntime().addShutdownHook(new Thread(app::close, "shutdown"));
            app.start();
            app.awaitEnd();
            return 0;
        } catch (RuntimeException e) {
            errors.println("The stream applications have failed: " + e.getMessage());
            return FAILED;
        }
    }
}
