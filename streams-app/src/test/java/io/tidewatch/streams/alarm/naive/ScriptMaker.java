package io.tidewatch.streams.alarm.naive;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Makes scripts at random. What decides the shape of the criteria, and so a statement to compile, comes from one source
 * of chance, all else from another: scripts of the same form are plenty and cheap.
 */
final class ScriptMaker {
    private static final List<String> STATES = List.of("OK", "WARNING", "CRITICAL");
    private static final List<String> ORDERS = List.of("<", "<=", ">", ">=");
    private static final List<String> EQUALITIES = List.of("==", "!=");

    private final Random form;
    private final Random words;
    /** Whether it may ask a metric to be what it seldom is. Rare: it says no more than that, at every observation. */
    private final boolean sloppy;

    private final List<String> numericMetrics = new ArrayList<>(Words.NUMERIC_METRICS);
    private final List<String> textMetrics = new ArrayList<>(Words.TEXT_METRICS);

    private ScriptMaker(Random form, Random words) {
        this.form = form;
        this.words = words;
        this.sloppy = form.nextInt(6) == 0;
        Collections.shuffle(numericMetrics, words);
        Collections.shuffle(textMetrics, words);
    }

    /**
     * @param dimension the dimensionFilter, if it has one
     */
    static Script make(long formSeed, Random words, Optional<String> dimension) {
        return new ScriptMaker(new Random(formSeed), words).script(dimension);
    }

    private Script script(Optional<String> dimension) {
        List<Script.Block> blocks = new ArrayList<>();
        int count = form.nextInt(20) == 0 ? 0 : form.nextInt(10) == 0 ? 10 : 1 + form.nextInt(3);
        for (int i = 0; i < count; i++) {
            blocks.add(new Script.Block(condition(), returned()));
        }
        List<Script.Return> endings = new ArrayList<>();
        for (int i = form.nextInt(3); i > 0; i--) {
            endings.add(returned());
        }
        OptionalInt consecutive = words.nextInt(3) == 0 ? OptionalInt.empty() : OptionalInt.of(1 + words.nextInt(5));
        Script.Level level = Words.of(List.of(Script.Level.ONE, Script.Level.QUORUM, Script.Level.ALL), words);
        return new Script(level, consecutive, dimension, blocks, endings);
    }

    /** Now and then so long that the engine walks it. */
    private List<List<Script.Comparison>> condition() {
        boolean huge = form.nextInt(20) == 0;
        int groups = huge && form.nextBoolean() ? 14 : 1 + form.nextInt(3);
        int largest = huge ? 40 / groups : 3;
        List<List<Script.Comparison>> anyOf = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            anyOf.add(Stream.generate(this::comparison)
                    .limit(1 + form.nextInt(largest))
                    .toList());
        }
        return anyOf;
    }

    private Script.Comparison comparison() {
        return switch (form.nextInt(12)) {
            case 0, 1, 2 -> new Script.Comparison(numeric(), one(ORDERS), numericLiteral());
            case 3 -> new Script.Comparison(numeric(), one(EQUALITIES), numericLiteral());
            case 4 -> new Script.Comparison(numeric(), one(ORDERS), numeric());
            case 5 -> new Script.Comparison(numeric(), one(EQUALITIES), numeric());
            case 6, 7 -> new Script.Comparison(textual(), one(EQUALITIES), new Script.Text(Words.text(words)));
            case 8 -> new Script.Comparison(textual(), one(EQUALITIES), textual());
            case 9 ->
                new Script.Comparison(
                        sloppy && form.nextInt(9) == 0 ? numeric() : textual(),
                        form.nextBoolean() ? "regex" : "nregex",
                        new Script.Regex(Words.pattern(words)));
            case 10 -> new Script.Comparison(anyMetric(), one(EQUALITIES), anyMetric());
            default ->
                form.nextBoolean()
                        ? new Script.Comparison(
                                sloppy ? anyMetric() : textual(), one(EQUALITIES), new Script.Text(Words.text(words)))
                        : new Script.Comparison(sloppy ? anyMetric() : numeric(), one(EQUALITIES), numericLiteral());
        };
    }

    private Script.Operand numeric() {
        Script.Metric metric = new Script.Metric(one(numericMetrics));
        return switch (form.nextInt(8)) {
            case 0, 1 -> new Script.Previous(metric);
            case 2 -> new Script.Rate(metric);
            case 3 -> new Script.Percentage(part(), part());
            default -> metric;
        };
    }

    private Script.Operand part() {
        return form.nextInt(3) == 0 ? numericLiteral() : new Script.Metric(one(numericMetrics));
    }

    private Script.Operand textual() {
        Script.Metric metric = new Script.Metric(one(textMetrics));
        return form.nextInt(4) == 0 ? new Script.Previous(metric) : metric;
    }

    private Script.Operand anyMetric() {
        boolean number = form.nextBoolean();
        Script.Metric metric = new Script.Metric(number ? one(numericMetrics) : one(textMetrics));
        return switch (form.nextInt(5)) {
            case 0 -> new Script.Previous(metric);
            case 1 -> number || sloppy ? new Script.Rate(metric) : metric;
            default -> metric;
        };
    }

    private Script.Numeral numericLiteral() {
        return new Script.Numeral(Words.literal(words));
    }

    private Script.Return returned() {
        Optional<String> message = words.nextInt(3) == 0 ? Optional.empty() : Optional.of(Words.message(words));
        return new Script.Return(one(STATES), message, words.nextInt(2));
    }

    /** Part of the form: which of the metrics are the same decides the shape, what they are called does not. */
    private <T> T one(List<T> all) {
        return all.get(form.nextInt(all.size()));
    }
}
