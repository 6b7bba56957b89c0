package io.tidewatch.streams.alarm.naive;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A criteria as a tree. Nothing parses it: it is made at random, evaluated as it is, and written down for the engine.
 *
 * @param dimension the dimensionFilter; metric names in the tree don't have it in front
 * @param endings all final returns
 */
record Script(Level level, OptionalInt count, Optional<String> dimension, List<Block> blocks, List<Return> endings) {
    enum Level {
        ONE,
        QUORUM,
        ALL
    }

    /** One {@code if}; {@code anyOf} is an or of ands. */
    record Block(List<List<Comparison>> anyOf, Return then) {}

    /**
     * A return.
     *
     * @param form how it is written: 0 for {@code new AlarmStatus}, 1 for the old form
     */
    record Return(String state, Optional<String> message, int form) {}

    record Comparison(Operand left, String operator, Operand right) {
        boolean isOrder() {
            return Set.of("<", "<=", ">", ">=").contains(operator);
        }
    }

    sealed interface Operand {}

    record Metric(String name) implements Operand {}

    record Previous(Metric metric) implements Operand {}

    record Rate(Metric metric) implements Operand {}

    record Percentage(Operand part, Operand whole) implements Operand {}

    /** A Long or a Double. */
    record Numeral(Object value) implements Operand {}

    record Text(String value) implements Operand {}

    record Regex(String pattern) implements Operand {}

    /** The metric's name in observations. */
    String fullName(Metric metric) {
        return dimension.map(d -> d + "." + metric.name()).orElse(metric.name());
    }

    Stream<Comparison> comparisons() {
        return blocks.stream().flatMap(block -> block.anyOf().stream()).flatMap(List::stream);
    }

    /** Full names of all metrics, in the order of the text, with repetitions. */
    List<String> mentioned() {
        return comparisons()
                .flatMap(comparison -> Stream.of(comparison.left(), comparison.right()))
                .flatMap(operand -> metricsOf(operand).stream())
                .map(this::fullName)
                .toList();
    }

    /** Full names of the metrics whose earlier values are asked for. */
    Set<String> remembered() {
        return comparisons()
                .flatMap(comparison -> Stream.of(comparison.left(), comparison.right()))
                .filter(operand -> operand instanceof Previous || operand instanceof Rate)
                .flatMap(operand -> metricsOf(operand).stream())
                .map(this::fullName)
                .collect(Collectors.toSet());
    }

    static List<Metric> metricsOf(Operand operand) {
        if (operand instanceof Metric metric) {
            return List.of(metric);
        }
        if (operand instanceof Previous previous) {
            return List.of(previous.metric());
        }
        if (operand instanceof Rate rate) {
            return List.of(rate.metric());
        }
        if (operand instanceof Percentage percentage) {
            return Stream.of(percentage.part(), percentage.whole())
                    .flatMap(inner -> metricsOf(inner).stream())
                    .toList();
        }
        return List.of();
    }

    static boolean isComputed(Operand operand) {
        return operand instanceof Rate || operand instanceof Percentage;
    }
}
