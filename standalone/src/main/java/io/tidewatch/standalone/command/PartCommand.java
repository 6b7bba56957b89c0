package io.tidewatch.standalone.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** One part alone: its own main class, as a real deployment runs it. */
@Command
final class PartCommand implements Callable<Integer> {
    private final Consumer<String[]> main;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as key=value lines; TIDEWATCH_… variables of the environment override them.")
    private Optional<Path> config = Optional.empty();

    @Option(names = "--version", description = "Shows the version.")
    private boolean version;

    PartCommand(Consumer<String[]> main) {
        this.main = main;
    }

    @Override
    public Integer call() {
        List<String> arguments = new ArrayList<>();
        config.ifPresent(file -> arguments.addAll(List.of("--config", file.toString())));
        if (version) {
            arguments.add("--version");
        }
        main.accept(arguments.toArray(String[]::new));
        return TidewatchCommand.STILL_RUNNING;
    }
}
