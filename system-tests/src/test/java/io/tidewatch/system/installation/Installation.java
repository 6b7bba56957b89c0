package io.tidewatch.system.installation;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.settings.KafkaSettings;
import java.util.List;

/** A whole Tidewatch that runs, for tests from outside, with checks as often as every {@value #PERIOD_SECONDS} seconds. */
public interface Installation extends AutoCloseable {
    int PERIOD_SECONDS = 2;
    List<String> ZONES = List.of("mzdfw", "mzord", "mzlon");

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
