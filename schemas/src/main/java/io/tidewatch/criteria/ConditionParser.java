package io.tidewatch.criteria;

import io.tidewatch.criteria.Criteria.Comparison;
import io.tidewatch.criteria.Criteria.Metric;
import io.tidewatch.criteria.Criteria.Operand;
import io.tidewatch.criteria.Criteria.Operator;
import io.tidewatch.pattern.PatternCost;
import io.tidewatch.pattern.PatternUse;
import io.tidewatch.pattern.UnfitPatternException;
import io.tidewatch.pattern.UserPattern;
import java.util.ArrayList;
import java.util.List;

/** The part of {@link CriteriaParser} between the parentheses of an {@code if}: comparisons, metrics and functions. */
final class ConditionParser {
    private static final int MAX_METRIC_NAME_LENGTH = 128;
    private static final int MAX_COMPARED_STRING_LENGTH = 80;

    private static final String BEGINS_NUMBER = "-0123456789";
    private static final String BEGINS_STRING = "'\"";
    private static final String PARENTHESES = "inner parentheses hold one comparison";
    private static final String METRIC_NAMES = "it is made of letters, digits, spaces and _ . / -";

    private final Cursor cursor;
    private final String metricPrefix;
    private PatternCost patterns = PatternCost.NONE;

    /**
     * @param metricPrefix stands before every metric's name: a dimension and its dot, or nothing
     */
    ConditionParser(Cursor cursor, String metricPrefix) {
        this.cursor = cursor;
        this.metricPrefix = metricPrefix;
    }

    /**
     * Goes past the comparisons and the closing parenthesis. {@code ||} separates the lists, since {@code &&} binds
     * tighter.
     */
    List<List<Comparison>> condition() {
        List<List<Comparison>> anyOf = new ArrayList<>();
        List<Comparison> allOf = new ArrayList<>(List.of(spacedComparison()));
        while (!cursor.take(")")) {
            if (cursor.take("||")) {
                anyOf.add(allOf);
                allOf = new ArrayList<>();
            } else if (!cursor.take("&&")) {
                throw cursor.expected("'&&', '||' or ')' after the comparison");
            }
            allOf.add(spacedComparison());
        }
        anyOf.add(allOf);
        return anyOf;
    }

    private Comparison spacedComparison() {
        cursor.skipSpace();
        Comparison comparison = cursor.take("(") ? parenthesizedComparison() : comparison();
        cursor.skipSpace();
        return comparison;
    }

    private Comparison parenthesizedComparison() {
        cursor.skipSpace();
        if (cursor.at("(")) {
            throw cursor.expected("a metric or a function", PARENTHESES);
        }
        Comparison comparison = comparison();
        cursor.skipSpace();
        if (!cursor.take(")")) {
            throw cursor.expected("')' after the comparison", cursor.atAny("&|") ? PARENTHESES : "");
        }
        return comparison;
    }

    private Comparison comparison() {
        if (cursor.atAny(BEGINS_NUMBER) || cursor.atAny(BEGINS_STRING)) {
            throw cursor.expected("a metric or a function", "a number or a string stands on the right side only");
        }
        Operand left = metricOrFunction("a metric or a function");
        cursor.skipSpace();
        Operator operator = operator();
        cursor.skipSpace();
        return new Comparison(left, operator, rightSide(operator));
    }

    private Operator operator() {
        for (Operator operator : Operator.values()) {
            if (cursor.take(operator.sign())) {
                return operator;
            }
        }
        throw cursor.expected("one of == != < <= > >= regex nregex");
    }

    private Operand rightSide(Operator operator) {
        return switch (operator) {
            case MATCHES, DOES_NOT_MATCH -> regex();
            case EQUAL, NOT_EQUAL ->
                cursor.atAny(BEGINS_STRING) ? text() : numberOrMetric("a number, a string, a metric or a function", "");
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL ->
                numberOrMetric(
                        "a number, a metric or a function",
                        cursor.atAny(BEGINS_STRING) ? "'" + operator.sign() + "' compares numbers only" : "");
        };
    }

    private Operand numberOrMetric(String what, String hint) {
        if (cursor.atAny(BEGINS_NUMBER)) {
            return cursor.takeNumber();
        }
        if (!hint.isEmpty()) {
            throw cursor.expected(what, hint);
        }
        return metricOrFunction(what);
    }

    private Criteria.TextLiteral text() {
        int start = cursor.position();
        String value = cursor.takeString("a string");
        if (value.length() > MAX_COMPARED_STRING_LENGTH) {
            throw cursor.refused(
                    start,
                    "this string has " + value.length() + " characters, but a metric can be compared with at most "
                            + MAX_COMPARED_STRING_LENGTH);
        }
        return new Criteria.TextLiteral(value);
    }

    private Criteria.RegexLiteral regex() {
        int start = cursor.position();
        String pattern = cursor.takeString("a regular expression");
        patterns = patterns.plus(cost(pattern, start));
        if (patterns.isTooMuchTogether()) {
            throw cursor.refused(
                    start,
                    "the regular expressions up to this one are too large together: use fewer and shorter repetitions");
        }
        return new Criteria.RegexLiteral(pattern);
    }

    private PatternCost cost(String pattern, int start) {
        try {
            return UserPattern.compile(pattern, PatternUse.CRITERIA).cost();
        } catch (UnfitPatternException e) {
            throw cursor.refused(start, "this regular expression " + e.objection());
        }
    }

    private Operand metricOrFunction(String what) {
        if (cursor.at("metric[")) {
            return metric();
        }
        int start = cursor.position();
        String name = cursor.takeWhile(CharacterClass.FUNCTION_NAME);
        if (name.isEmpty()) {
            throw cursor.expected(what);
        }
        if (!cursor.take("(")) {
            throw cursor.expected("'(' right after '" + name + "'", "a metric is written metric['name']");
        }
        return function(name, start, arguments());
    }

    private List<Argument> arguments() {
        List<Argument> arguments = new ArrayList<>();
        do {
            cursor.skipSpace();
            arguments.add(argument());
            cursor.skipSpace();
        } while (cursor.take(","));
        if (!cursor.take(")")) {
            throw cursor.expected("',' or ')' after the argument");
        }
        return arguments;
    }

    private Argument argument() {
        int start = cursor.position();
        if (cursor.atAny(BEGINS_NUMBER)) {
            return new Argument(start, cursor.takeNumber());
        }
        if (cursor.at("metric[")) {
            return new Argument(start, metric());
        }
        throw cursor.expected("a metric or a number as argument");
    }

    private Operand function(String name, int start, List<Argument> arguments) {
        return switch (name) {
            case "rate" -> new Criteria.Rate(onlyMetric(name, start, arguments));
            case "previous" -> new Criteria.Previous(onlyMetric(name, start, arguments));
            case "percentage" -> {
                requireCount(name, start, arguments, 2);
                yield new Criteria.Percentage(
                        arguments.get(0).value(), arguments.get(1).value());
            }
            default ->
                throw cursor.refused(
                        start, "there is no function '" + name + "'; the functions are rate, percentage and previous");
        };
    }

    private Metric onlyMetric(String function, int start, List<Argument> arguments) {
        requireCount(function, start, arguments, 1);
        if (arguments.get(0).value() instanceof Metric metric) {
            return metric;
        }
        throw cursor.refused(arguments.get(0).position(), function + " takes a metric, not a number");
    }

    private void requireCount(String function, int start, List<Argument> arguments, int count) {
        if (arguments.size() != count) {
            String noun = count == 1 ? " argument" : " arguments";
            throw cursor.refused(start, function + " takes " + count + noun + ", but is given " + arguments.size());
        }
    }

    private Metric metric() {
        cursor.expect("metric[", "here");
        String quote = cursor.at("\"") ? "\"" : "'";
        if (!cursor.take(quote)) {
            throw cursor.expected("a quote right after 'metric['");
        }
        int start = cursor.position();
        String name = metricPrefix + metricName(quote);
        cursor.expect("]", "right after the metric's name");
        if (name.length() > MAX_METRIC_NAME_LENGTH) {
            throw cursor.refused(
                    start,
                    "the metric's name has " + name.length() + " characters, but at most " + MAX_METRIC_NAME_LENGTH
                            + " are allowed");
        }
        return new Metric(name);
    }

    private String metricName(String quote) {
        String name = cursor.takeWhile(CharacterClass.METRIC_NAME);
        if (name.isEmpty()) {
            throw cursor.expected("the name of a metric", METRIC_NAMES);
        }
        if (!cursor.take(quote)) {
            throw cursor.expected("the closing " + quote + " of the metric's name", METRIC_NAMES);
        }
        return name;
    }

    /** A function's argument and where it stands. */
    private record Argument(int position, Operand value) {}
}
