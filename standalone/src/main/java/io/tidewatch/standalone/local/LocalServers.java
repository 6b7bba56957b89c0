package io.tidewatch.standalone.local;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServer;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import java.util.Optional;

/** The servers alone, with a line on the console for each that is ready. */
public final class LocalServers implements LocalDeployment {
    private final DataDirectory data;
    private final EmbeddedServers servers;
    private final Console console;

    public LocalServers(DataDirectory data, ServerPorts ports, Console console) {
        this.data = data;
        this.servers = new EmbeddedServers(data, ports);
        this.console = console;
    }

    @Override
    public void start() {
        console.event("starting broker, registry and cassandra (logs in %s)", data.logs());
        servers.start(server -> console.event("%-14s ready  %s", server.name(), server.address()));
    }

    @Override
    public Optional<String> fault() {
        return servers.all().stream()
                .filter(server -> !server.isRunning())
                .map(server -> "the " + server.name() + " has ended; its log is in " + data.logs())
                .findFirst();
    }

    @Override
    public void close() {
        boolean wasRunning = servers.all().stream().anyMatch(EmbeddedServer::isRunning);
        servers.close();
        if (wasRunning) {
            console.event("broker, registry and cassandra ended");
        }
    }

    public EmbeddedServers servers() {
        return servers;
    }
}
