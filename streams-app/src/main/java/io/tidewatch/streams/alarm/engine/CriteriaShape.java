package io.tidewatch.streams.alarm.engine;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.Criteria.Comparison;
import io.tidewatch.criteria.Criteria.Conditional;
import io.tidewatch.criteria.Criteria.Operand;
import io.tidewatch.criteria.Criteria.Operator;
import io.tidewatch.criteria.TypeDemand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;

/**
 * Turns a criteria into the EPL of its shape and the parameters that tell it from other criteria of that shape. The EPL
 * holds numbers of parameters only, never anything that a user wrote; so that criteria which differ in thresholds, metric
 * names and messages share one compiled statement.
 *
 * <p>In the EPL, {@code o} is an {@link Observed}, whose methods give the parameters' values, and the functions are those of
 * {@link Arithmetic}.
 */
final class CriteriaShape {
    /**
     * The conditions of a criteria with more comparisons than this are walked: the EPL goes over a list of
     * {@link WalkedComparison}s, and says only once what each operator means. Compiling takes about 5 ms for each
     * comparison that is written out, and a criteria has room for a thousand.
     * Source: measured on the project's build machine.
     */
    private static final int MAX_WRITTEN_OUT = 32;

    private final List<String> metrics;
    private final List<TypeDemand> demands;
    private final List<Object> literals = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<Wording.Matched> matched = new ArrayList<>();
    private final List<Criteria.Return> returns = new ArrayList<>();
    private final List<List<List<WalkedComparison>>> walks = new ArrayList<>();
    private final Set<String> remembered = new HashSet<>();
    private final int comparisons;
    private final String epl;

    CriteriaShape(Criteria criteria) {
        this.metrics = criteria.metricsInOrder();
        this.demands = criteria.typeDemandsInOrder();
        this.comparisons = comparisons(criteria);
        this.epl = render(criteria);
    }

    /** The expression that makes a {@link Judgement} of an {@link Observed}; equal for criteria of the same shape. */
    String epl() {
        return epl;
    }

    /** What other criteria of this shape have otherwise, apart from {@link #literals}. */
    Wording.Words words() {
        return new Wording.Words(metrics, demands, patterns, matched, comparisons, returns, remembered);
    }

    /** The numbers and texts that metrics are compared with. */
    List<Object> literals() {
        return List.copyOf(literals);
    }

    /** The conditions that are walked, each in disjunctive form. */
    List<List<List<WalkedComparison>>> walks() {
        return walks;
    }

    /** The steps of topology-docs/alarm-language.md, "From a result to a state", in their order. */
    private String render(Criteria criteria) {
        boolean tooLong = comparisons > MAX_WRITTEN_OUT;
        List<String> cases = new ArrayList<>();
        cases.add("when not o.available() then o.unavailable()");
        if (!metrics.isEmpty()) {
            cases.add("when not o.complete() then o.incomplete()");
        }
        if (!demands.isEmpty()) {
            cases.add("when not o.wellTyped() then o.illTyped()");
        }
        for (Conditional conditional : criteria.conditionals()) {
            String condition = tooLong ? walk(conditional) : writeOut(conditional);
            cases.add("when " + condition + " then " + returned(conditional.result()));
        }
        String otherwise = criteria.otherwise()
                .map(this::returned)
                .orElse(criteria.conditionals().isEmpty() ? "o.asReported()" : "o.byDefault()");
        return "case\n  " + String.join("\n  ", cases) + "\n  else " + otherwise + "\nend";
    }

    private static int comparisons(Criteria criteria) {
        int comparisons = 0;
        for (Conditional conditional : criteria.conditionals()) {
            for (List<Comparison> allOf : conditional.anyOf()) {
                comparisons += allOf.size();
            }
        }
        return comparisons;
    }

    /** Without formats and streams: this runs for each alarm while a task starts. */
    private String writeOut(Conditional conditional) {
        StringJoiner anyOf = new StringJoiner(" or ");
        for (List<Comparison> comparisons : conditional.anyOf()) {
            StringJoiner allOf = new StringJoiner(" and ");
            for (Comparison comparison : comparisons) {
                allOf.add(writeOut(comparison));
            }
            anyOf.add(allOf.toString());
        }
        return anyOf.toString();
    }

    private String writeOut(Comparison comparison) {
        String right = comparison.right() instanceof Criteria.RegexLiteral regex
                ? Integer.toString(pattern(comparison.left(), regex))
                : value(comparison.right());
        return holds(comparison, value(comparison.left()), right);
    }

    private String walk(Conditional conditional) {
        Map<String, Integer> forms = new LinkedHashMap<>();
        walks.add(conditional.anyOf().stream()
                .map(allOf -> allOf.stream()
                        .map(comparison -> walked(comparison, forms))
                        .toList())
                .toList());
        StringBuilder cases = new StringBuilder();
        forms.forEach((form, number) -> cases.append(" when %d then %s".formatted(number, form)));
        return "o.walk(%d).anyOf(terms => terms.allOf(c => case c.form%s end))".formatted(walks.size() - 1, cases);
    }

    private WalkedComparison walked(Comparison comparison, Map<String, Integer> forms) {
        boolean matching = comparison.right() instanceof Criteria.RegexLiteral;
        String form = holds(comparison, "c.left(o)", matching ? "c.pattern" : "c.right(o)");
        int number = forms.computeIfAbsent(form, added -> forms.size());
        WalkedComparison.Value left = walked(comparison.left());
        return comparison.right() instanceof Criteria.RegexLiteral regex
                ? new WalkedComparison(number, left, o -> null, pattern(comparison.left(), regex))
                : new WalkedComparison(number, left, walked(comparison.right()), -1);
    }

    /** The EPL expression that decides a comparison, from those that give its sides; null, where it can't be decided. */
    private static String holds(Comparison comparison, String left, String right) {
        Operator operator = comparison.operator();
        return switch (operator) {
            case MATCHES -> "o.matches(" + left + ", " + right + ")";
            case DOES_NOT_MATCH -> "not o.matches(" + left + ", " + right + ")";
            case EQUAL, NOT_EQUAL -> {
                if (comparison.right() instanceof Criteria.TextLiteral) {
                    yield "textOf(" + left + ") " + sign(operator) + " textOf(" + right + ")";
                }
                boolean numbers = isNumber(comparison.left()) || isNumber(comparison.right());
                yield numbers
                        ? compare(left, right, operator)
                        : "same(" + left + ", " + right + ") = " + (operator == Operator.EQUAL);
            }
            case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> compare(left, right, operator);
        };
    }

    private static String compare(String left, String right, Operator operator) {
        return "compare(" + left + ", " + right + ") " + sign(operator) + " 0";
    }

    /** An EPL expression: the value itself, null where it is undefined. */
    private String value(Operand operand) {
        if (operand instanceof Criteria.Metric metric) {
            return "o.metric(" + place(metric) + ")";
        }
        if (operand instanceof Criteria.Previous previous) {
            return "o.previous(" + rememberedPlace(previous.metric()) + ")";
        }
        if (operand instanceof Criteria.Rate rate) {
            return "o.rate(" + rememberedPlace(rate.metric()) + ")";
        }
        if (operand instanceof Criteria.Percentage percentage) {
            return "percentage(" + value(percentage.part()) + ", " + value(percentage.whole()) + ")";
        }
        return "o.literal(" + add(literals, literal(operand)) + ")";
    }

    /** The same as {@link #value}, for a comparison that is not written out. */
    private WalkedComparison.Value walked(Operand operand) {
        if (operand instanceof Criteria.Metric metric) {
            int place = place(metric);
            return o -> o.metric(place);
        }
        if (operand instanceof Criteria.Previous previous) {
            int place = rememberedPlace(previous.metric());
            return o -> o.previous(place);
        }
        if (operand instanceof Criteria.Rate rate) {
            int place = rememberedPlace(rate.metric());
            return o -> o.rate(place);
        }
        if (operand instanceof Criteria.Percentage percentage) {
            WalkedComparison.Value part = walked(percentage.part());
            WalkedComparison.Value whole = walked(percentage.whole());
            return o -> Arithmetic.percentage(part.of(o), whole.of(o));
        }
        Object literal = literal(operand);
        return o -> literal;
    }

    private int place(Criteria.Metric metric) {
        return metrics.indexOf(metric.name());
    }

    private int rememberedPlace(Criteria.Metric metric) {
        remembered.add(metric.name());
        return place(metric);
    }

    private String returned(Criteria.Return result) {
        return "o.returned(" + add(returns, result) + ")";
    }

    /** Adds a pattern, and what it is matched against: what {@code rate} and {@code percentage} give is never text. */
    private int pattern(Operand operand, Criteria.RegexLiteral regex) {
        int number = add(patterns, regex.pattern());
        if (operand instanceof Criteria.Metric metric) {
            matched.add(new Wording.Matched(number, place(metric), false));
        }
        if (operand instanceof Criteria.Previous previous) {
            matched.add(new Wording.Matched(number, place(previous.metric()), true));
        }
        return number;
    }

    private static <T> int add(List<T> parameters, T parameter) {
        parameters.add(parameter);
        return parameters.size() - 1;
    }

    private static Object literal(Operand operand) {
        if (operand instanceof Criteria.IntegerLiteral integer) {
            return integer.value();
        }
        if (operand instanceof Criteria.DecimalLiteral decimal) {
            return decimal.value();
        }
        if (operand instanceof Criteria.TextLiteral text) {
            return text.value();
        }
        throw new IllegalArgumentException("No literal: " + operand);
    }

    private static boolean isNumber(Operand operand) {
        return operand.isComputed()
                || operand instanceof Criteria.IntegerLiteral
                || operand instanceof Criteria.DecimalLiteral;
    }

    private static String sign(Operator operator) {
        return switch (operator) {
            case EQUAL -> "=";
            case NOT_EQUAL -> "!=";
            case LESS -> "<";
            case LESS_OR_EQUAL -> "<=";
            case GREATER -> ">";
            case GREATER_OR_EQUAL -> ">=";
            case MATCHES, DOES_NOT_MATCH ->
                throw new IllegalArgumentException(
                        operator.name().toLowerCase(Locale.ROOT) + " needs a regular expression");
        };
    }
}
