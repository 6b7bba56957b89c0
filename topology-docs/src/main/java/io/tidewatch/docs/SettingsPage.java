package io.tidewatch.docs;

import io.tidewatch.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.types.Password;

/** The page about settings: a table for each part, in the order in which its keys are defined. */
final class SettingsPage {
    private final List<Part> parts;

    SettingsPage(List<Part> parts) {
        this.parts = List.copyOf(parts);
    }

    /**
     * @throws IllegalArgumentException when a key has no documentation, or its accepted values no readable form
     */
    String markdown() {
        StringBuilder page = new StringBuilder("# Settings\n\n");
        page.append(Documentation.GENERATED);
        page.append("""

                A part takes its settings from a file of `key=value` lines (`--config FILE`), and each of them from the
                environment, which has precedence. An unknown key or a value that is not accepted keeps the part from
                starting.
                """);
        parts.forEach(part -> page.append(section(part)));
        return page.toString();
    }

    private static String section(Part part) {
        List<List<String>> rows = new ArrayList<>();
        for (String name : part.settings().configKeys().keySet()) {
            rows.add(row(part, part.settings().configKeys().get(name)));
        }
        return "\n## " + part.name() + "\n\n"
                + Markdown.table(
                        List.of("key", "environment variable", "type", "default", "accepted", "meaning"), rows);
    }

    private static List<String> row(Part part, ConfigKey key) {
        require(!key.documentation.isBlank(), part, key, "has no documentation");
        return List.of(
                Markdown.code(key.name),
                Markdown.code(Settings.variable(key.name)),
                key.type.name().toLowerCase(Locale.ROOT),
                defaultOf(key),
                Markdown.prose(accepted(part, key)),
                Markdown.prose(key.documentation));
    }

    private static String defaultOf(ConfigKey key) {
        if (!key.hasDefault()) {
            return "none: required";
        }
        String text = key.defaultValue instanceof Password password
                ? password.value()
                : String.valueOf(ConfigDef.convertToString(key.defaultValue, key.type));
        return text.isEmpty() ? "empty" : Markdown.code(text);
    }

    private static String accepted(Part part, ConfigKey key) {
        if (key.validator == null) {
            return "";
        }
        String accepted = key.validator.toString();
        boolean readable = !accepted.contains("$$Lambda") && !accepted.contains("@");
        require(readable, part, key, "has a validator whose toString() does not say what it accepts");
        return accepted;
    }

    private static void require(boolean holds, Part part, ConfigKey key, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("The setting " + key.name + " of " + part.name() + " " + fault);
        }
    }
}
