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
    private boolean isShort;

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
        sayWhenRoomIsShort();
        return servers.all().stream()
                .filter(server -> !server.isRunning())
                .map(server -> withShortage("the " + server.name() + " has ended; its log is in " + data.logs()))
                .findFirst();
    }

    /** The reason of a fault, and how much room the disk has if it may have come of that. */
    String withShortage(String reason) {
        return data.shortage().map(shortage -> reason + ". " + shortage).orElse(reason);
    }

    /** Servers on a full disk don't always end: Cassandra stops to answer, and waits for somebody to make room. */
    private void sayWhenRoomIsShort() {
        Optional<String> shortage = data.shortage();
        if (!isShort) {
            shortage.ifPresent(sentence -> console.event("%s", sentence));
        }
        isShort = shortage.isPresent();
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
