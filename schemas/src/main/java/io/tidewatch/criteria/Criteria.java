package io.tidewatch.criteria;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * An alarm's criteria, parsed and checked. Metric names are complete: a {@code dimensionFilter} is already in front of
 * them.
 *
 * @param consistencyLevel how the zones' votes become a decision
 * @param consecutiveCount how many observations in a row confirm a zone's vote, 1 to 5; empty when the criteria does not
 *     say, and the check's type decides
 * @param conditionals the {@code if} blocks in the order of the text, at most 10
 * @param otherwise the first final return; empty when there is none
 */
public record Criteria(
        ConsistencyLevel consistencyLevel,
        OptionalInt consecutiveCount,
        List<Conditional> conditionals,
        Optional<Return> otherwise) {
    public Criteria {
        conditionals = List.copyOf(conditionals);
    }

    /** How many zones have to agree. */
    public enum ConsistencyLevel {
        ONE,
        QUORUM,
        ALL
    }

    /** The states that a criteria can return. */
    public enum Verdict {
        OK,
        WARNING,
        CRITICAL
    }

    /**
     * One {@code if} block.
     *
     * @param anyOf comparisons in disjunctive form: it holds when in one of the inner lists all comparisons hold
     * @param result what it returns when it holds
     */
    public record Conditional(List<List<Comparison>> anyOf, Return result) {
        public Conditional {
            anyOf = anyOf.stream().map(List::copyOf).toList();
        }
    }

    /** What is compared with what. An operand that is undefined makes the comparison not hold. */
    public record Comparison(Operand left, Operator operator, Operand right) {}

    /** The comparison operators. */
    public enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL,
        MATCHES,
        DOES_NOT_MATCH
    }

    /**
     * A return.
     *
     * @param message the text as written, escapes resolved; empty when the criteria gives none
     * @param line the line, from 1, that the {@code return} stands on
     */
    public record Return(Verdict verdict, Optional<String> message, int line) {}

    /** One side of a comparison, or an argument of a function. */
    public sealed interface Operand {}

    /** The metric's value in the observation. */
    public record Metric(String name) implements Operand {}

    /** The metric's value in the zone's newest earlier available observation that carried it. */
    public record Previous(Metric metric) implements Operand {}

    /** The metric's change per second since that same earlier observation. */
    public record Rate(Metric metric) implements Operand {}

    /** 100 · part / whole; each a {@link Metric} or a number. */
    public record Percentage(Operand part, Operand whole) implements Operand {}

    /** A number without fraction and exponent that fits an int64. */
    public record IntegerLiteral(long value) implements Operand {}

    /** Any other number. */
    public record DecimalLiteral(double value) implements Operand {}

    /** A string literal, escapes resolved. */
    public record TextLiteral(String value) implements Operand {}

    /** A regular expression in RE2 syntax that is known to compile; it has to match the whole value. */
    public record RegexLiteral(String pattern) implements Operand {}
}
