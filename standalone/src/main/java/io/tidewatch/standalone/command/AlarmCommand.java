package io.tidewatch.standalone.command;

import io.tidewatch.standalone.scenario.DriverStage;
import io.tidewatch.standalone.scenario.Performance;
import io.tidewatch.standalone.scenario.Refusal;
import io.tidewatch.standalone.scenario.Review;
import io.tidewatch.standalone.scenario.Scenario;
import io.tidewatch.standalone.scenario.ScenarioFile;
import io.tidewatch.standalone.scenario.ScenarioFile.Document;
import io.tidewatch.standalone.scenario.Stage;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiPredicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(name = "alarm", description = "Tools for the alarm language.")
final class AlarmCommand {
    private static final String SCENARIOS = "Files of scenarios, or folders with files *.yaml.";

    private final PrintStream out;
    private final TransitionJson json = new TransitionJson();

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    AlarmCommand(PrintStream out) {
        this.out = out;
    }

    @Command(
            name = "check",
            description = {
                "Parses criteria. Prints a line for each: accept, or reject with line, column and reason.",
                "Exits with 1 when any is rejected."
            })
    int check(
            @Option(
                            names = "--corpus",
                            description =
                                    "Files hold many criteria, separated by lines of ---, each after comment lines.")
                    boolean corpus,
            @Option(
                            names = "--evaluate",
                            description =
                                    "Also lets one engine evaluate all that are accepted, and prints how many it did."
                                            + " Exits with 1 when it did not evaluate one.")
                    boolean evaluate,
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with a criteria each.")
                    List<Path> files) {
        Logs.nowhere();
        CriteriaCheck check = new CriteriaCheck(out);
        for (Path file : files) {
            if (corpus) {
                check.corpus(file);
            } else {
                check.file(file);
            }
        }
        if (evaluate) {
            try (Stage stage = new DriverStage()) {
                check.evaluate(stage);
            }
        }
        return check.failed() ? 1 : 0;
    }

    @Command(
            name = "test",
            description = {
                "Plays scenarios on the real topology and engine, and compares the transitions with those they promise.",
                "Exits with 1 when any differs or can't be read."
            })
    int test(@Parameters(paramLabel = "FILE", arity = "1..*", description = SCENARIOS) List<Path> files) {
        List<Boolean> passed = forEach(files, this::passes);
        long failures = passed.stream().filter(pass -> !pass).count();
        out.println((passed.size() - failures) + " passed, " + failures + " failed");
        return failures == 0 ? 0 : 1;
    }

    @Command(
            name = "run",
            description = {
                "Plays scenarios on the real topology and engine, and prints each transition as a line of JSON.",
                "Exits with 1 when any can't be read."
            })
    int run(@Parameters(paramLabel = "FILE", arity = "1..*", description = SCENARIOS) List<Path> files) {
        return forEach(files, this::plays).contains(false) ? 1 : 0;
    }

    private static List<Boolean> forEach(List<Path> files, BiPredicate<Document, Stage> act) {
        Logs.nowhere();
        try (Stage stage = new DriverStage()) {
            return files.stream()
                    .flatMap(file -> ScenarioFile.read(file).stream())
                    .map(document -> act.test(document, stage))
                    .toList();
        }
    }

    private boolean passes(Document document, Stage stage) {
        if (document instanceof Refusal refusal) {
            out.println("FAIL  " + refusal);
            return false;
        }
        Scenario scenario = (Scenario) document;
        Review review = Review.of(play(scenario, stage));
        if (review.passed()) {
            out.println("pass  " + scenario.name());
        } else {
            out.println("FAIL  " + scenario.name() + "  (" + scenario.place() + ")");
            review.lines().forEach(line -> out.println("      " + line));
        }
        return review.passed();
    }

    private boolean plays(Document document, Stage stage) {
        if (document instanceof Refusal refusal) {
            spec.commandLine().getErr().println("tidewatch: " + refusal);
            return false;
        }
        Scenario scenario = (Scenario) document;
        Performance performance = play(scenario, stage);
        performance.transitions().forEach(transition -> out.println(json.line(scenario, transition)));
        performance
                .disabledReason()
                .ifPresent(reason -> spec.commandLine()
                        .getErr()
                        .println("tidewatch: " + scenario.place() + ": the engine disabled the alarm: " + reason));
        return performance.disabledReason().isEmpty();
    }

    private static Performance play(Scenario scenario, Stage stage) {
        return stage.play(List.of(scenario)).get(0);
    }
}
