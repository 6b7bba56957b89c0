package io.tidewatch.criteria;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

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

    /** The names of the metrics that it mentions, in messages excepted, each once, in the order of the text. */
    public List<String> metricsInOrder() {
        return comparisons()
                .flatMap(comparison -> Stream.of(comparison.left(), comparison.right()))
                .flatMap(operand -> operand.metrics().stream())
                .map(Metric::name)
                .distinct()
                .toList();
    }

    /**
     * The types that values of metrics must have, in the order of the text; a metric that any type will do for is left
     * out.
     */
    public List<TypeDemand> typeDemandsInOrder() {
        return comparisons().flatMap(Comparison::typeDemands).toList();
    }

    private Stream<Comparison> comparisons() {
        return conditionals.stream()
                .flatMap(conditional -> conditional.anyOf().stream())
                .flatMap(List::stream);
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

    /** One comparison. It does not hold when an operand is undefined. */
    public record Comparison(Operand left, Operator operator, Operand right) {
        private Stream<TypeDemand> typeDemands() {
            return Stream.concat(typeDemands(left, right), typeDemands(right, left));
        }

        private Stream<TypeDemand> typeDemands(Operand operand, Operand other) {
            Optional<TypeDemand.Kind> kind =
                    operand.isComputed() || operator.isOrder() ? Optional.of(TypeDemand.Kind.NUMERIC) : other.demand();
            return kind.stream()
                    .flatMap(demanded ->
                            operand.metrics().stream().map(metric -> new TypeDemand(metric.name(), demanded)));
        }
    }

    /**
     * The comparison operators. An operator whose sign begins with the sign of another comes before it, so that the parser
     * tries it first.
     */
    public enum Operator {
        EQUAL("=="),
        NOT_EQUAL("!="),
        LESS_OR_EQUAL("<="),
        GREATER_OR_EQUAL(">="),
        LESS("<"),
        GREATER(">"),
        MATCHES("regex"),
        DOES_NOT_MATCH("nregex");

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** How the language writes it. */
        public String sign() {
            return sign;
        }

        /** True for the operators that compare sizes, which need numbers on both sides. */
        public boolean isOrder() {
            return switch (this) {
                case LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> true;
                case EQUAL, NOT_EQUAL, MATCHES, DOES_NOT_MATCH -> false;
            };
        }
    }

    /**
     * A return.
     *
     * @param message the text as written, escapes resolved; empty when the criteria gives none
     * @param line the line, from 1, that the {@code return} stands on
     */
    public record Return(Verdict verdict, Optional<String> message, int line) {}

    /** One side of a comparison, or an argument of a function. */
    public sealed interface Operand {
        /** The metrics that it mentions, in the order of the text. */
        default List<Metric> metrics() {
            return List.of();
        }

        /** Whether it is the result of arithmetic: a number, which is made of numbers alone. */
        default boolean isComputed() {
            return false;
        }

        /** The type that a metric must have to be compared with this operand; empty if any will do. */
        default Optional<TypeDemand.Kind> demand() {
            return Optional.empty();
        }
    }

    /** The metric's value in the observation. */
    public record Metric(String name) implements Operand {
        @Override
        public List<Metric> metrics() {
            return List.of(this);
        }
    }

    /** The metric's value in the zone's newest earlier available observation that carried it. */
    public record Previous(Metric metric) implements Operand {
        @Override
        public List<Metric> metrics() {
            return List.of(metric);
        }
    }

    /** The metric's change per second since that same earlier observation. */
    public record Rate(Metric metric) implements Operand {
        @Override
        public List<Metric> metrics() {
            return List.of(metric);
        }

        @Override
        public boolean isComputed() {
            return true;
        }
    }

    /** 100 · part / whole; each a {@link Metric} or a number. */
    public record Percentage(Operand part, Operand whole) implements Operand {
        @Override
        public List<Metric> metrics() {
            return Stream.of(part, whole)
                    .flatMap(operand -> operand.metrics().stream())
                    .toList();
        }

        @Override
        public boolean isComputed() {
            return true;
        }
    }

    /** A number without fraction and exponent that fits an int64. */
    public record IntegerLiteral(long value) implements Operand {
        @Override
        public Optional<TypeDemand.Kind> demand() {
            return Optional.of(TypeDemand.Kind.NUMERIC);
        }
    }

    /** Any other number; finite, and never -0.0. */
    public record DecimalLiteral(double value) implements Operand {
        @Override
        public Optional<TypeDemand.Kind> demand() {
            return Optional.of(TypeDemand.Kind.NUMERIC);
        }
    }

    /** A string literal, escapes resolved. */
    public record TextLiteral(String value) implements Operand {
        @Override
        public Optional<TypeDemand.Kind> demand() {
            return Optional.of(TypeDemand.Kind.TEXT);
        }
    }

    /** A regular expression in RE2 syntax that is known to compile; it has to match the whole value. */
    public record RegexLiteral(String pattern) implements Operand {
        @Override
        public Optional<TypeDemand.Kind> demand() {
            return Optional.of(TypeDemand.Kind.TEXT);
        }
    }
}
