package io.tidewatch.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** GitHub's Markdown, where it needs care: text that must not turn into markup, and tables. */
final class Markdown {
    private static final Pattern CODE_OR_MARKUP = Pattern.compile("`[^`]*`|[<*]");

    private Markdown() {}

    /** Inline code; empty stays empty. */
    static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    /** Each as inline code, separated by commas. */
    static String codes(Iterable<String> texts) {
        List<String> codes = new ArrayList<>();
        texts.forEach(text -> codes.add(code(text)));
        return String.join(", ", codes);
    }

    /**
     * Prose as it is meant to be read: outside code spans, signs that Markdown or HTML would take for markup are escaped.
     */
    static String prose(String text) {
        return CODE_OR_MARKUP
                .matcher(text)
                .replaceAll(found ->
                        Matcher.quoteReplacement(found.group().startsWith("`") ? found.group() : "\\" + found.group()));
    }

    /** A table; cells are Markdown already. A line break in a cell becomes a space. */
    static String table(List<String> headings, List<List<String>> rows) {
        StringBuilder table = new StringBuilder(row(headings));
        table.append(row(headings.stream().map(heading -> "---").toList()));
        rows.forEach(cells -> table.append(row(cells)));
        return table.toString();
    }

    private static String row(List<String> cells) {
        List<String> safe = cells.stream()
                .map(cell -> cell.replace("|", "\\|").replaceAll("\\s*\\R\\s*", " "))
                .toList();
        return "| " + String.join(" | ", safe) + " |\n";
    }
}
