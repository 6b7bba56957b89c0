package io.tidewatch.standalone.command;

import io.tidewatch.standalone.local.Console;
import io.tidewatch.standalone.local.LocalServers;
import io.tidewatch.standalone.servers.DataDirectory;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "infra", description = "Starts broker, registry and Cassandra alone, in the foreground.")
final class InfraCommand implements Callable<Integer> {
    private final Console console;

    @Mixin
    private LocalOptions options = new LocalOptions();

    InfraCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        try (DataDirectory data = options.open()) {
            LocalServers servers = new LocalServers(data, options.serverPorts(), console);
            Foreground foreground = new Foreground(console, servers, () -> CommandLine.ExitCode.OK);
            return foreground.run(() -> {
                console.event("ready. Data is kept in %s. Ctrl-C ends everything.", data.root());
                return foreground.awaitFault();
            });
        }
    }
}
