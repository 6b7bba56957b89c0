package io.tidewatch.streams.alarm;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.Criteria.Comparison;
import io.tidewatch.criteria.Criteria.Conditional;
import io.tidewatch.criteria.Criteria.Operand;
import io.tidewatch.criteria.Criteria.Operator;
import io.tidewatch.criteria.TypeDemand;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Turns a criteria into the EPL of its shape and the parameters that tell it from other criteria of that shape. The EPL
 * holds numbers of parameters only, never anything that a user wrote; so that criteria which differ in thresholds, metric
 * names and messages share one compiled statement.
 *
 * <p>In the EPL, {@code o} is an {@link Observed}, whose methods give the parameters' values.
 */
final class CriteriaShape {
    private final List<String> metrics;
    private final List<Object> literals = new ArrayList<>();
    private final List<String> patterns = new ArrayList<>();
    private final List<Criteria.Return> returns = new ArrayList<>();
    private final Set<String> remembered = new HashSet<>();
    private final String epl;

    CriteriaShape(Criteria criteria) {
        this.metrics = criteria.metricsInOrder();
        this.epl = render(criteria);
    }

    /** The expression that makes a {@link Judgement} of an {@link Observed}; equal for criteria of the same shape. */
    String epl() {
        return epl;
    }

    Parameters parameters() {
        return new Parameters(metrics, literals, patterns, returns);
    }

    /** The metrics whose earlier values the criteria asks for. */
    Set<String> remembered() {
        return Set.copyOf(remembered);
    }

    /** Section 2 of the alarm language, in its order. */
    private String render(Criteria criteria) {
        List<String> cases = new ArrayList<>();
        cases.add("when not o.available() then o.unavailable()");
        for (int i = 0; i < metrics.size(); i++) {
            cases.add("when not o.carries(%d) then o.missing(%d)".formatted(i, i));
        }
        for (TypeDemand demand : criteria.typeDemandsInOrder()) {
            cases.add(wrongType(demand));
        }
        for (Conditional conditional : criteria.conditionals()) {
            cases.add("when " + condition(conditional) + " then " + returned(conditional.result()));
        }
        String otherwise = criteria.otherwise()
                .map(this::returned)
                .orElse(criteria.conditionals().isEmpty() ? "o.asReported()" : "o.byDefault()");
        return "case\n  " + String.join("\n  ", cases) + "\n  else " + otherwise + "\nend";
    }

    private String wrongType(TypeDemand demand) {
        int i = metrics.indexOf(demand.metric());
        return switch (demand.kind()) {
            case NUMERIC -> "when not o.numeric(%d) then o.notNumeric(%d)".formatted(i, i);
            case TEXT -> "when not o.textual(%d) then o.notTextual(%d)".formatted(i, i);
        };
    }

    private String condition(Conditional conditional) {
        return conditional.anyOf().stream()
                .map(allOf -> allOf.stream().map(this::comparison).collect(Collectors.joining(" and ")))
                .collect(Collectors.joining(" or "));
    }

    private String comparison(Comparison comparison) {
        Operand left = comparison.left();
        Operand right = comparison.right();
        Operator operator = comparison.operator();
        if (right instanceof Criteria.RegexLiteral regex) {
            String matches = "o.matches(%s, %d)".formatted(value(left), add(patterns, regex.pattern()));
            return operator == Operator.MATCHES ? matches : "not " + matches;
        }
        if (left.isComputed() || right.isComputed()) {
            return number(left) + " " + sign(operator) + " " + number(right);
        }
        if (right instanceof Criteria.TextLiteral) {
            return "o.text(%s) %s o.text(%s)".formatted(value(left), sign(operator), value(right));
        }
        if (isEquality(operator) && !isNumber(right)) {
            return "o.same(%s, %s) = %s".formatted(value(left), value(right), operator == Operator.EQUAL);
        }
        return "o.compare(%s, %s) %s 0".formatted(value(left), value(right), sign(operator));
    }

    /** An EPL expression: the value itself, null where it is undefined. */
    private String value(Operand operand) {
        if (operand.isComputed()) {
            return number(operand);
        }
        if (operand instanceof Criteria.Metric metric) {
            return "o.metric(%d)".formatted(metrics.indexOf(metric.name()));
        }
        if (operand instanceof Criteria.Previous previous) {
            remembered.add(previous.metric().name());
            return "o.previous(%d)".formatted(metrics.indexOf(previous.metric().name()));
        }
        if (operand instanceof Criteria.IntegerLiteral integer) {
            return "o.literal(%d)".formatted(add(literals, integer.value()));
        }
        if (operand instanceof Criteria.DecimalLiteral decimal) {
            return "o.literal(%d)".formatted(add(literals, decimal.value()));
        }
        if (operand instanceof Criteria.TextLiteral text) {
            return "o.literal(%d)".formatted(add(literals, text.value()));
        }
        throw new IllegalArgumentException("No plain value: " + operand);
    }

    /** An EPL expression of type Double: null where the operand is undefined or no number. */
    private String number(Operand operand) {
        if (operand instanceof Criteria.Rate rate) {
            remembered.add(rate.metric().name());
            int i = metrics.indexOf(rate.metric().name());
            return "(o.number(o.metric(%d)) - o.number(o.previous(%d))) / o.secondsSincePrevious(%d)"
                    .formatted(i, i, i);
        }
        if (operand instanceof Criteria.Percentage percentage) {
            return "100.0 * %s / %s".formatted(number(percentage.part()), number(percentage.whole()));
        }
        return "o.number(%s)".formatted(value(operand));
    }

    private String returned(Criteria.Return result) {
        return "o.returned(%d)".formatted(add(returns, result));
    }

    private static <T> int add(List<T> parameters, T parameter) {
        parameters.add(parameter);
        return parameters.size() - 1;
    }

    private static boolean isNumber(Operand operand) {
        return operand instanceof Criteria.IntegerLiteral || operand instanceof Criteria.DecimalLiteral;
    }

    private static boolean isEquality(Operator operator) {
        return operator == Operator.EQUAL || operator == Operator.NOT_EQUAL;
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
