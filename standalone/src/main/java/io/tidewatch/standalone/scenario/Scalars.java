package io.tidewatch.standalone.scenario;

import io.tidewatch.schema.State;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Reads single values. Each method throws a {@link ScenarioException} that says what it accepts. */
final class Scalars {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,12})(ms|s|m|h)");
    private static final Pattern NOT_FINITE = Pattern.compile("([-+]?)\\.(inf|nan)");

    /** The largest double takes 309 digits when it is written out. */
    private static final int MAX_NUMBER_LENGTH = 350;

    private Scalars() {}

    /** The text as written; a number or a boolean is text, too, where text is wanted. */
    static String text(String key, Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            throw new ScenarioException(node.getStartMark(), "'" + key + "' has to be a text");
        }
        if (isNothing(node)) {
            throw new ScenarioException(node.getStartMark(), "'" + key + "' has no value; the empty text is ''");
        }
        return scalar.getValue();
    }

    /** Whether nothing at all stands where a value could. */
    static boolean isNothing(Node node) {
        return node instanceof ScalarNode scalar
                && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && scalar.getValue().isEmpty();
    }

    static Duration duration(String key, Node node) {
        Matcher parts = DURATION.matcher(text(key, node));
        if (!parts.matches()) {
            throw new ScenarioException(
                    node.getStartMark(),
                    "'" + key + "' is '" + text(key, node)
                            + "', but has to be a duration: a whole number and ms, s, m or h, such as 250ms, 30s, 5m");
        }
        long amount = Long.parseLong(parts.group(1));
        return switch (parts.group(2)) {
            case "ms" -> Duration.ofMillis(amount);
            case "s" -> Duration.ofSeconds(amount);
            case "m" -> Duration.ofMinutes(amount);
            default -> Duration.ofHours(amount);
        };
    }

    /** A check's period. */
    static Duration period(String key, Node node) {
        Duration period = duration(key, node);
        if (period.toMillisPart() != 0 || period.isZero() || period.toSeconds() > Integer.MAX_VALUE) {
            throw new ScenarioException(
                    node.getStartMark(),
                    "'" + key + "' is '" + text(key, node) + "', but a check's period is whole seconds, at least 1s");
        }
        return period;
    }

    static boolean flag(String key, Node node) {
        if (!node.getTag().equals(Tag.BOOL)) {
            throw new ScenarioException(
                    node.getStartMark(), "'" + key + "' is '" + text(key, node) + "', but has to be true or false");
        }
        return Boolean.parseBoolean(text(key, node));
    }

    static State state(String key, Node node) {
        String text = text(key, node);
        return Arrays.stream(State.values())
                .filter(state -> state.name().equals(text))
                .findFirst()
                .orElseThrow(() -> new ScenarioException(
                        node.getStartMark(),
                        "'" + key + "' is '" + text + "', but has to be one of " + Arrays.toString(State.values())));
    }

    /** A metric's value: a Long, Double, Boolean or String, by the rules of {@link CoreSchema}. */
    static Object metric(String name, Node node) {
        String text = text(name, node);
        Tag tag = node.getTag();
        if ((tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) && text.length() > MAX_NUMBER_LENGTH) {
            throw new ScenarioException(
                    node.getStartMark(),
                    "'" + name + "' is a number of " + text.length() + " characters, but at most " + MAX_NUMBER_LENGTH
                            + " are allowed");
        }
        if (tag.equals(Tag.INT)) {
            return integer(name, node, text);
        }
        if (tag.equals(Tag.FLOAT)) {
            return decimal(name, node, text);
        }
        if (tag.equals(Tag.BOOL)) {
            return flag(name, node);
        }
        if (tag.equals(Tag.STR)) {
            return text;
        }
        throw new ScenarioException(
                node.getStartMark(),
                "'" + name + "' has the tag " + tag.getValue()
                        + ", but a metric is an integer, a float, true, false or a text");
    }

    private static long integer(String name, Node node, String text) {
        try {
            if (text.startsWith("0o")) {
                return Long.parseLong(text.substring(2), 8);
            }
            return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16) : Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new ScenarioException(
                    node.getStartMark(),
                    "'" + name + "' is " + text
                            + ", which is no integer of 64 bits; write a float or, in quotes, a text");
        }
    }

    private static double decimal(String name, Node node, String text) {
        Matcher notFinite = NOT_FINITE.matcher(text.toLowerCase(Locale.ROOT));
        if (notFinite.matches()) {
            double value = notFinite.group(2).equals("nan") ? Double.NaN : Double.POSITIVE_INFINITY;
            return notFinite.group(1).equals("-") ? -value : value;
        }
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw new ScenarioException(node.getStartMark(), "'" + name + "' is '" + text + "', which is no float");
        }
    }
}
