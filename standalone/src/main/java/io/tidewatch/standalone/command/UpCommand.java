package io.tidewatch.standalone.command;

import io.tidewatch.standalone.local.Console;
import io.tidewatch.standalone.local.LocalPlan;
import io.tidewatch.standalone.local.LocalTidewatch;
import io.tidewatch.standalone.servers.DataDirectory;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Starts everything on this machine, in the foreground: broker, registry, Cassandra, stream applications, a"
                    + " poller for each zone, and the gateway.",
            "Everything listens on 127.0.0.1. Pollers may check any target."
        })
final class UpCommand implements Callable<Integer> {
    private static final int DEFAULT_PORT = 8080;

    private final Console console;
    private final Clock clock;

    @Mixin
    private LocalOptions options = new LocalOptions();

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where the API listens (default: 8080, moved up by --port-base).")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--zones",
            paramLabel = "ZONE",
            split = ",",
            defaultValue = "mzlocal",
            description = "Monitoring zones, separated by commas; each gets a poller (default: ${DEFAULT-VALUE}).")
    private List<String> zones = List.of();

    @Option(
            names = "--min-period",
            paramLabel = "SECONDS",
            defaultValue = "30",
            description = "The shortest period that a check may have (default: ${DEFAULT-VALUE}).")
    private int minPeriodSeconds;

    UpCommand(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
    }

    @Override
    public Integer call() {
        try (DataDirectory data = options.open()) {
            LocalPlan plan = new LocalPlan(
                    data,
                    options.serverPorts(),
                    port.orElse(DEFAULT_PORT + options.portBase()),
                    zones,
                    minPeriodSeconds);
            LocalTidewatch tidewatch = new LocalTidewatch(plan, console, clock);
            Foreground foreground = new Foreground(console, tidewatch, () -> CommandLine.ExitCode.OK);
            return foreground.run(() -> runUntilFault(tidewatch, foreground));
        }
    }

    private Optional<String> runUntilFault(LocalTidewatch tidewatch, Foreground foreground) {
        printAddresses(tidewatch);
        printExamples(tidewatch);
        console.line("");
        console.event("running. Ctrl-C ends everything.");
        return foreground.awaitFault();
    }

    private void printAddresses(LocalTidewatch tidewatch) {
        console.line("");
        console.line("  API             %s/{tenantId}", tidewatch.api());
        tidewatch.servers().all().forEach(server -> console.line("  %-15s %s", server.name(), server.address()));
        tidewatch
                .parts()
                .forEach(part -> console.line("  %-15s %s/health/ready and /metrics", part.name(), part.operations()));
        console.line("  data and logs   %s", tidewatch.plan().data().root());
    }

    private void printExamples(LocalTidewatch tidewatch) {
        console.line("");
        console.line("Make an entity, and list what there is:");
        console.line("  curl -i %s/acme/entities -H 'Content-Type: application/json' \\", tidewatch.api());
        console.line("    -d '{\"label\": \"this machine\", \"ip_addresses\": {\"self\": \"127.0.0.1\"}}'");
        console.line("  curl -s %s/acme/entities", tidewatch.api());
    }
}
