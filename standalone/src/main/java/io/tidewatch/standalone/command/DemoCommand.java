package io.tidewatch.standalone.command;

import io.tidewatch.standalone.local.Console;
import io.tidewatch.standalone.local.Demo;
import io.tidewatch.standalone.local.LocalPlan;
import io.tidewatch.standalone.local.LocalTidewatch;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.standalone.servers.ServerPorts;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "demo",
        description = {
            "Starts everything on free ports and tells the story of a web server that breaks and is repaired.",
            "Exits with 0 only if the alert fired and recovered. Keeps nothing then; else the logs."
        })
final class DemoCommand implements Callable<Integer> {
    private static final List<String> ZONES = List.of("mzdfw", "mzord", "mzlon");

    /** The shortest that the gateway can be told to allow. */
    private static final int MIN_PERIOD_SECONDS = 2;

    private final Console console;
    private final Clock clock;
    private final LongSupplier nanoClock;

    @Option(names = "--verbose", description = "Shows what the parts log, in between.")
    private boolean verbose;

    DemoCommand(Console console, Clock clock, LongSupplier nanoClock) {
        this.console = console;
        this.clock = clock;
        this.nanoClock = nanoClock;
    }

    @Override
    public Integer call() {
        DataDirectory data = DataDirectory.temporary("tidewatch-demo");
        Logs.intoFile(data.logs().resolve("tidewatch.log"), verbose);
        LocalPlan plan = new LocalPlan(data, ServerPorts.free(), Port.free(1).get(0), ZONES, MIN_PERIOD_SECONDS);
        LocalTidewatch tidewatch = new LocalTidewatch(plan, console, clock);
        Foreground foreground = new Foreground(console, tidewatch, () -> {
            data.delete();
            return CommandLine.ExitCode.SOFTWARE;
        });
        int exitCode = foreground.run(new Demo(tidewatch, console, nanoClock)::tell);
        if (exitCode == CommandLine.ExitCode.OK) {
            data.delete();
        } else {
            console.line("The logs are in %s", data.logs());
        }
        return exitCode;
    }
}
