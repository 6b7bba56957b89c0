package io.tidewatch.standalone.command;

import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.standalone.scenario.Performance;
import io.tidewatch.standalone.scenario.Scenario;
import io.tidewatch.standalone.scenario.Stage;
import io.tidewatch.standalone.scenario.Trial;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Judges criteria and prints a line for each, first whether the parser accepts it, then whether the engine evaluates it. */
final class CriteriaCheck {
    private final PrintStream out;
    private final List<Scenario> trials = new ArrayList<>();
    private boolean failed;

    CriteriaCheck(PrintStream out) {
        this.out = out;
    }

    /**
     * Parses a file that is a criteria.
     *
     * @throws IllegalStateException when it can't be read
     */
    void file(Path file) {
        parse(file.toString(), read(file));
    }

    /**
     * Parses every entry of a {@link CriteriaCorpus}.
     *
     * @throws IllegalStateException when it can't be read
     */
    void corpus(Path file) {
        List<String> entries = CriteriaCorpus.entries(read(file));
        for (int number = 1; number <= entries.size(); number++) {
            parse(Integer.toString(number), entries.get(number - 1));
        }
    }

    /** Lets one engine evaluate all that was accepted so far; prints which it did not, and at the end how many it did. */
    void evaluate(Stage stage) {
        int evaluated = 0;
        for (Performance performance : stage.play(trials)) {
            Optional<String> failure = Trial.failure(performance);
            if (failure.isEmpty()) {
                evaluated++;
            } else {
                failed = true;
                out.println(performance.scenario().name() + " not evaluated: " + failure.get());
            }
        }
        out.println(evaluated + " evaluated");
    }

    /** Whether anything was rejected or not evaluated. */
    boolean failed() {
        return failed;
    }

    private void parse(String name, String text) {
        try {
            trials.add(Trial.of(name, text, CriteriaParser.parse(text)));
            out.println(name + " accept");
        } catch (CriteriaException e) {
            failed = true;
            out.println(String.format(Locale.ROOT, "%s reject %d:%d %s", name, e.line(), e.column(), e.getMessage()));
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
