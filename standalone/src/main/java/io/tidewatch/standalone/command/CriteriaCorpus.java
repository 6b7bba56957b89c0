package io.tidewatch.standalone.command;

import java.util.ArrayList;
import java.util.List;

/** The text format of many criteria in one file: entries between lines of {@code ---}, each after lines that begin with #. */
final class CriteriaCorpus {
    private static final String SEPARATOR = "---";

    private CriteriaCorpus() {}

    /** The criteria in the order of the text, without the comment lines before them. */
    static List<String> entries(String text) {
        List<String> entries = new ArrayList<>();
        List<String> entry = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.equals(SEPARATOR)) {
                entries.add(String.join("\n", entry));
                entry.clear();
            } else if (!entry.isEmpty() || !line.startsWith("#")) {
                entry.add(line);
            }
        }
        if (!text.stripTrailing().endsWith("\n" + SEPARATOR)) {
            entries.add(String.join("\n", entry));
        }
        return List.copyOf(entries);
    }
}
