package io.tidewatch.standalone.command;

import io.tidewatch.gateway.GatewayMain;
import io.tidewatch.notifier.NotifierMain;
import io.tidewatch.operations.Version;
import io.tidewatch.poller.PollerMain;
import io.tidewatch.serde.RegistryException;
import io.tidewatch.settings.SettingsException;
import io.tidewatch.standalone.local.Console;
import io.tidewatch.standalone.servers.ServerException;
import io.tidewatch.streams.StreamsMain;
import io.tidewatch.timeseries.UnusableCassandraException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The command line {@code tidewatch} with all its commands. Exit codes: 0 done, 1 failed, 2 wrong usage. */
@Command(
        name = "tidewatch",
        description = "Monitoring as a service on Kafka, Kafka Streams, Esper and Cassandra.",
        synopsisSubcommandLabel = "COMMAND",
        versionProvider = TidewatchCommand.OwnVersion.class)
public final class TidewatchCommand {
    /** A command has left work to threads of its own, which end the process when they are done. */
    public static final int STILL_RUNNING = -1;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Shows the version.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean version;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Shows this.")
    @SuppressWarnings("UnusedVariable") // picocli acts on it
    private boolean help;

    private TidewatchCommand() {}

    /**
     * A new one, to be executed once.
     *
     * @param out what commands print goes there
     */
    public static CommandLine on(PrintStream out, Clock clock) {
        Console console = new Console(out, System::nanoTime);
        return new CommandLine(new TidewatchCommand())
                .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
                .addSubcommand(new UpCommand(console, clock))
                .addSubcommand(new DemoCommand(console, clock, System::nanoTime))
                .addSubcommand(new InfraCommand(console))
                .addSubcommand("gateway", part("Runs the HTTP front door alone.", GatewayMain::main))
                .addSubcommand("poller", part("Runs the poller of one monitoring zone alone.", PollerMain::main))
                .addSubcommand("streams", part("Runs the stream applications alone.", StreamsMain::main))
                .addSubcommand("notifier", part("Runs the notifier alone.", NotifierMain::main))
                .addSubcommand(new TopicsCommand(out))
                .addSubcommand(new TailCommand(out))
                .addSubcommand(new CqlCommand(out))
                .addSubcommand(new AlarmCommand(out))
                .setExecutionExceptionHandler((failure, command, parsed) -> failed(failure, command));
    }

    /** The answer to {@code --version}. */
    static final class OwnVersion implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"tidewatch " + Version.current()};
        }
    }

    private static CommandLine part(String description, Consumer<String[]> main) {
        CommandLine command = new CommandLine(new PartCommand(main));
        command.getCommandSpec().usageMessage().description(description);
        return command;
    }

    /** Failures that a person can do something about are one sentence; anything else is a bug, and shows where it is. */
    private static int failed(Exception failure, CommandLine command) {
        if (failure instanceof ServerException
                || failure instanceof SettingsException
                || failure instanceof RegistryException
                || failure instanceof UnusableCassandraException
                || failure instanceof IllegalStateException) {
            command.getErr().println("tidewatch: " + failure.getMessage());
        } else {
            failure.printStackTrace(command.getErr());
        }
        return failure instanceof SettingsException ? CommandLine.ExitCode.USAGE : CommandLine.ExitCode.SOFTWARE;
    }
}
