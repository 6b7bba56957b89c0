package io.tidewatch.standalone;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "alarm", description = "Tools for the alarm language.")
final class AlarmCommand {
    private final PrintStream out;

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
            @Parameters(paramLabel = "FILE", arity = "1..*", description = "Files with a criteria each.")
                    List<Path> files) {
        Logs.nowhere();
        boolean allAccepted = true;
        for (Path file : files) {
            allAccepted &= corpus ? checkCorpus(file) : check(file.toString(), read(file));
        }
        return allAccepted ? 0 : 1;
    }

    private boolean checkCorpus(Path file) {
        List<String> entries = CriteriaCorpus.entries(read(file));
        boolean allAccepted = true;
        for (int number = 1; number <= entries.size(); number++) {
            allAccepted &= check(Integer.toString(number), entries.get(number - 1));
        }
        return allAccepted;
    }

    private boolean check(String name, String text) {
        try {
            Criteria unused = CriteriaParser.parse(text);
            out.println(name + " accept");
            return true;
        } catch (CriteriaException e) {
            out.println(String.format(Locale.ROOT, "%s reject %d:%d %s", name, e.line(), e.column(), e.getMessage()));
            return false;
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new IllegalStateException("The file " + file + " can't be read: " + e, e);
        }
    }
}
