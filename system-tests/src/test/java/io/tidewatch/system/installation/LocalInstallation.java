package io.tidewatch.system.installation;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.local.Console;
import io.tidewatch.standalone.local.LocalPlan;
import io.tidewatch.standalone.local.LocalTidewatch;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.standalone.servers.ServerPorts;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/** What {@code tidewatch up} runs, on free ports. */
final class LocalInstallation implements Installation {
    private final DataDirectory data;
    private final LocalTidewatch tidewatch;

    LocalInstallation(Path directory) {
        data = DataDirectory.open(directory);
        LocalPlan plan =
                new LocalPlan(data, ServerPorts.free(), Port.free(1).get(0), Installation.ZONES, PERIOD_SECONDS);
        Console console = new Console(
                new PrintStream(PrintStream.nullOutputStream(), false, StandardCharsets.UTF_8), System::nanoTime);
        tidewatch = new LocalTidewatch(plan, console, Clock.systemUTC());
        tidewatch.start();
    }

    @Override
    public String api() {
        return tidewatch.api();
    }

    @Override
    public KafkaSettings kafka() {
        return tidewatch.kafka();
    }

    @Override
    public CqlSession cassandra() {
        return tidewatch.servers().cassandra().session();
    }

    @Override
    public String thisMachine() {
        return "127.0.0.1";
    }

    @Override
    public void close() {
        tidewatch.close();
        data.close();
    }
}
