package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.criteria.Criteria.Comparison;
import io.tidewatch.criteria.Criteria.Conditional;
import io.tidewatch.criteria.Criteria.ConsistencyLevel;
import io.tidewatch.criteria.Criteria.DecimalLiteral;
import io.tidewatch.criteria.Criteria.IntegerLiteral;
import io.tidewatch.criteria.Criteria.Metric;
import io.tidewatch.criteria.Criteria.Operand;
import io.tidewatch.criteria.Criteria.Operator;
import io.tidewatch.criteria.Criteria.Percentage;
import io.tidewatch.criteria.Criteria.Previous;
import io.tidewatch.criteria.Criteria.Rate;
import io.tidewatch.criteria.Criteria.RegexLiteral;
import io.tidewatch.criteria.Criteria.Return;
import io.tidewatch.criteria.Criteria.TextLiteral;
import io.tidewatch.criteria.Criteria.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** What holds for every criteria and every text. */
final class CriteriaPropertiesTest {
    /** Pieces that change a text's meaning most. */
    private static final List<String> NASTY = List.of(
            "/*",
            "*/",
            "#",
            "\n",
            " ",
            "\t",
            "\r",
            "'",
            "\"",
            "\\",
            "\\u12",
            "(",
            ")",
            "{",
            "}",
            ";",
            ",",
            "if",
            "return",
            "return ",
            ":set",
            ":set consecutiveCount=9",
            "metric['x']",
            "metric[",
            "rate(",
            "previous",
            "&&",
            "||",
            "<",
            "=",
            "!=",
            "regex",
            "n",
            "-",
            "0",
            "9",
            ".",
            "e",
            "1e999",
            "OK",
            "WARNING",
            "new",
            "AlarmStatus(",
            "\0",
            "\ud83d",
            "\ude00",
            "\u00e9",
            "{99}");

    /** The sentences of errors that are none of the grammar. */
    private static final List<String> BEYOND_GRAMMAR = List.of(
            "there is no function",
            " takes ",
            " are allowed",
            "at most",
            "consecutiveCount has to be",
            "this regular expression");

    @Property
    void readsWhatWasPrinted(@ForAll("criteria") Criteria criteria, @ForAll Random choices) {
        CriteriaPrinter.Printed printed = new CriteriaPrinter(choices).print(criteria);

        assertThat(CriteriaParser.parse(printed.text())).as(printed.text()).isEqualTo(printed.criteria());
    }

    @Property(tries = 2_000)
    void acceptsOrRefusesAPlaceOfEveryMutilatedText(
            @ForAll("criteria") Criteria criteria,
            @ForAll Random choices,
            @ForAll @IntRange(min = 1, max = 4) int wounds) {
        String text = new CriteriaPrinter(choices).print(criteria).text();
        for (int i = 0; i < wounds; i++) {
            text = mutilated(text, choices);
        }

        Optional<CriteriaException> refusal = refusal(text);

        String mutilated = text;
        refusal.ifPresent(error -> requirePlace(error, mutilated));
    }

    @Property(tries = 2_000)
    void agreesWithTheGrammarOnEveryMutilatedText(
            @ForAll("criteria") Criteria criteria,
            @ForAll Random choices,
            @ForAll @IntRange(min = 0, max = 2) int wounds) {
        String text = new CriteriaPrinter(choices).print(criteria).text();
        for (int i = 0; i < wounds; i++) {
            text = mutilated(text, choices);
        }

        Optional<CriteriaException> refusal = refusal(text)
                .filter(error -> BEYOND_GRAMMAR.stream().noneMatch(String.valueOf(error.getMessage())::contains));

        if (refusal(text).isPresent() == refusal.isPresent()) {
            assertThat(CriteriaGrammar.accepts(text))
                    .as(text + "\n" + refusal.map(Throwable::getMessage).orElse("accepted"))
                    .isEqualTo(refusal.isEmpty());
        }
    }

    private static Optional<CriteriaException> refusal(String text) {
        try {
            CriteriaParser.parse(text);
            return Optional.empty();
        } catch (CriteriaException e) {
            return Optional.of(e);
        }
    }

    private static void requirePlace(CriteriaException error, String text) {
        List<String> lines = List.of(text.split("\n", -1));
        int lineStart = lines.stream()
                .limit(error.line() - 1)
                .mapToInt(line -> line.length() + 1)
                .sum();
        assertThat(error.position()).isBetween(0, text.length()).isEqualTo(lineStart + error.column() - 1);
        assertThat(error.column()).isBetween(1, lines.get(error.line() - 1).length() + 1);
        assertThat(error.token()).isNotEmpty();
        assertThat(error.token().equals("end of text") || text.startsWith(error.token(), error.position()))
                .isTrue();
        assertThat(error).message().isNotBlank();
    }

    private static String mutilated(String text, Random choices) {
        int from = choices.nextInt(text.length() + 1);
        int to = Math.min(text.length(), from + choices.nextInt(6));
        String nasty = NASTY.get(choices.nextInt(NASTY.size()));
        return switch (choices.nextInt(5)) {
            case 0 -> text.substring(0, from) + text.substring(to);
            case 1 -> text.substring(0, from) + nasty + text.substring(to);
            case 2 -> text.substring(0, from) + nasty + text.substring(from);
            case 3 -> text.substring(0, to) + text.substring(from);
            default -> text.substring(0, from);
        };
    }

    @Provide
    Arbitrary<Criteria> criteria() {
        return Combinators.combine(
                        Arbitraries.of(ConsistencyLevel.class),
                        Arbitraries.integers().between(0, 5),
                        conditionals().list().ofMaxSize(4),
                        returns().optional())
                .as((level, count, conditionals, otherwise) -> new Criteria(
                        level, count == 0 ? OptionalInt.empty() : OptionalInt.of(count), conditionals, otherwise));
    }

    private static Arbitrary<Conditional> conditionals() {
        Arbitrary<List<List<Comparison>>> anyOf = comparisons()
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(anyOf, returns()).as(Conditional::new);
    }

    private static Arbitrary<Return> returns() {
        return Combinators.combine(Arbitraries.of(Verdict.class), texts(40).optional())
                .as((verdict, message) -> new Return(verdict, message, 1));
    }

    private static Arbitrary<Comparison> comparisons() {
        return Arbitraries.of(Operator.class)
                .flatMap(operator -> Combinators.combine(measured(), rightSides(operator))
                        .as((left, right) -> new Comparison(left, operator, right)));
    }

    private static Arbitrary<Operand> rightSides(Operator operator) {
        return switch (operator) {
            case MATCHES, DOES_NOT_MATCH ->
                Arbitraries.of("", "a.*", "(?i)up|down", "\\d{3}", "it's", "\"", "[^\n]+")
                        .map(RegexLiteral::new);
            case EQUAL, NOT_EQUAL ->
                Arbitraries.oneOf(numbers(), measured(), texts(80).map(TextLiteral::new));
            default -> Arbitraries.oneOf(numbers(), measured());
        };
    }

    private static Arbitrary<Operand> measured() {
        return Arbitraries.oneOf(
                metrics().map(metric -> metric),
                metrics().map(Rate::new),
                metrics().map(Previous::new),
                Combinators.combine(parts(), parts()).as(Percentage::new));
    }

    private static Arbitrary<Operand> parts() {
        return Arbitraries.oneOf(metrics().map(metric -> metric), numbers());
    }

    private static Arbitrary<Metric> metrics() {
        return Arbitraries.strings()
                .withChars("abzAZ_ 059./-")
                .ofMinLength(1)
                .ofMaxLength(12)
                .map(Metric::new);
    }

    private static Arbitrary<Operand> numbers() {
        Stream<Double> edges = Stream.of(Double.MAX_VALUE, Double.MIN_VALUE, 0.0, 1e22, 9.3e18);
        return Arbitraries.oneOf(
                Arbitraries.longs().map(IntegerLiteral::new),
                Arbitraries.doubles().map(value -> new DecimalLiteral(value + 0.0)),
                Arbitraries.of(edges.toList()).map(DecimalLiteral::new));
    }

    private static Arbitrary<String> texts(int maxLength) {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(maxLength),
                Arbitraries.strings().withChars("ab'\"\\/\n\t\r\b\f#*{}").ofMaxLength(maxLength));
    }
}
