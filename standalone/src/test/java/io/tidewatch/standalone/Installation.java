package io.tidewatch.standalone;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.settings.KafkaSettings;
import java.nio.file.Path;
import java.util.List;

/**
 * A whole Tidewatch that runs, for tests from outside, with checks as often as every {@value #PERIOD_SECONDS} seconds. The
 * system property {@value #PROPERTY} says of what kind it is: {@code local}, as from {@code tidewatch up}, or
 * {@code containers}, as from {@code docker-compose up}.
 */
public interface Installation extends AutoCloseable {
    String PROPERTY = "tidewatch.installation";
    int PERIOD_SECONDS = 2;
    List<String> ZONES = List.of("mzdfw", "mzord", "mzlon");

    /** @param directory for what a local one stores; containers have volumes of their own */
    static Installation start(Path directory) {
        String kind = System.getProperty(PROPERTY, "local");
        return switch (kind) {
            case "local" -> new LocalInstallation(directory);
            case "containers" -> new ComposedInstallation();
            default -> throw new IllegalArgumentException(PROPERTY + " is local or containers, not " + kind);
        };
    }

    /** What the URLs of the API begin with, up to the tenant. */
    String api();

    KafkaSettings kafka();

    /** A new session, for the caller to close. */
    CqlSession cassandra();

    /** The address at which checks reach this machine. */
    String thisMachine();

    @Override
    void close();
}
