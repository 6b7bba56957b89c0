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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What accepted texts mean. */
final class CriteriaParserTest {
    private static final Metric LOAD = new Metric("load");

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\n", "# nothing to see", "/* nothing */", "# nothing\n/* here */ # either"})
    void acceptsATextThatSaysNothing(String text) {
        assertThat(CriteriaParser.parse(text))
                .isEqualTo(new Criteria(ConsistencyLevel.QUORUM, OptionalInt.empty(), List.of(), Optional.empty()));
    }

    @Test
    void readsSettingsConditionsAndReturnsInTheirOrder() {
        Criteria criteria = CriteriaParser.parse("""
                :set consistencyLevel=ALL
                :set consecutiveCount=4
                if (metric['load'] > 8) {
                  return new AlarmStatus(CRITICAL, 'load is #{load}');
                }
                if (metric["load"] > 4.5) {
                  return new AlarmStatus(WARNING);
                }
                return new AlarmStatus(OK, "quiet");
                """);

        assertThat(criteria)
                .isEqualTo(new Criteria(
                        ConsistencyLevel.ALL,
                        OptionalInt.of(4),
                        List.of(
                                conditional(
                                        new Comparison(LOAD, Operator.GREATER, new IntegerLiteral(8)),
                                        new Return(Verdict.CRITICAL, Optional.of("load is #{load}"), 4)),
                                conditional(
                                        new Comparison(LOAD, Operator.GREATER, new DecimalLiteral(4.5)),
                                        new Return(Verdict.WARNING, Optional.empty(), 7))),
                        Optional.of(new Return(Verdict.OK, Optional.of("quiet"), 9))));
    }

    @Test
    void needsNoSpaceBetweenItsTokensExceptAfterReturn() {
        Criteria spaced = CriteriaParser.parse(
                ":set consecutiveCount = 2 if ( metric['load'] > 8 ) { return new AlarmStatus( OK , 'x' ) ; } return OK");
        Criteria dense = CriteriaParser.parse(
                ":setconsecutiveCount=2if(metric['load']>8){return newAlarmStatus(OK,'x');}return OK");

        assertThat(dense).isEqualTo(spaced);
    }

    @Test
    void acceptsCommentsWhereverSpaceIsAccepted() {
        String text = """
                /* first /* inside /* deep */ */ again */ :set /* a */ consecutiveCount # b
                  = /**/ 3 # c
                if /*d*/ ( /*e*/ ( /*f*/ metric['load'] /*g*/ >= /*h*/ 1 /*i*/ ) /*j*/ ) /*k*/ { /*l*/
                  return # m
                    new # n
                    AlarmStatus( # o
                    OK # p
                    , # q
                    'a # stays' # r
                    ) # s
                    ; # t
                } # u
                """;

        Criteria criteria = CriteriaParser.parse(text);

        assertThat(criteria.consecutiveCount()).hasValue(3);
        assertThat(criteria.conditionals())
                .containsExactly(conditional(
                        new Comparison(LOAD, Operator.GREATER_OR_EQUAL, new IntegerLiteral(1)),
                        new Return(Verdict.OK, Optional.of("a # stays"), 4)));
    }

    @Test
    void letsTheLastOfRepeatedSettingsStand() {
        Criteria criteria = CriteriaParser.parse(
                ":set consistencyLevel=ALL :set consecutiveCount=2 :set consistencyLevel=ONE :set consecutiveCount=5");

        assertThat(criteria.consistencyLevel()).isEqualTo(ConsistencyLevel.ONE);
        assertThat(criteria.consecutiveCount()).hasValue(5);
    }

    @Test
    void putsTheDimensionInFrontOfEveryMetric() {
        Criteria criteria = CriteriaParser.parse("""
                :set dimensionFilter="unused" :set dimensionFilter='eth0'
                if (rate(metric['in']) > percentage(metric['out'], 5) || metric['up'] == previous(metric['up'])) {
                  return OK, 'the message keeps #{in}'
                }
                """);

        assertThat(criteria.metricsInOrder()).containsExactly("eth0.in", "eth0.out", "eth0.up");
        assertThat(criteria.conditionals().get(0).result().message()).hasValue("the message keeps #{in}");
    }

    @Test
    void bindsAndTighterThanOr() {
        Criteria criteria = CriteriaParser.parse(
                "if (metric['a'] > 1 || metric['b'] > 2 && (metric['c'] > 3) && metric['d'] > 4 || ( metric['e'] > 5 )) {"
                        + " return OK }");

        assertThat(criteria.conditionals().get(0).anyOf())
                .extracting(allOf -> allOf.stream()
                        .map(comparison -> ((Metric) comparison.left()).name())
                        .toList())
                .containsExactly(List.of("a"), List.of("b", "c", "d"), List.of("e"));
    }

    @ParameterizedTest
    @CsvSource({
        "==, EQUAL",
        "!=, NOT_EQUAL",
        "<, LESS",
        "<=, LESS_OR_EQUAL",
        ">, GREATER",
        ">=, GREATER_OR_EQUAL",
    })
    void comparesWithNumbersAndMetricsByEveryOperatorOfNumbers(String sign, Operator operator) {
        assertThat(comparison("metric['load'] " + sign + " 3"))
                .isEqualTo(new Comparison(LOAD, operator, new IntegerLiteral(3)));
        assertThat(comparison("metric['load']" + sign + "metric['limit']"))
                .isEqualTo(new Comparison(LOAD, operator, new Metric("limit")));
    }

    @ParameterizedTest
    @CsvSource({"==, EQUAL", "!=, NOT_EQUAL"})
    void comparesWithStringsByEquality(String sign, Operator operator) {
        assertThat(comparison("metric['load'] " + sign + " \"high\""))
                .isEqualTo(new Comparison(LOAD, operator, new TextLiteral("high")));
    }

    @ParameterizedTest
    @CsvSource({"regex, MATCHES", "nregex, DOES_NOT_MATCH"})
    void matchesRegularExpressions(String sign, Operator operator) {
        assertThat(comparison("metric['load']" + sign + "'hi.*|[0-9]{1,3}'"))
                .isEqualTo(new Comparison(LOAD, operator, new RegexLiteral("hi.*|[0-9]{1,3}")));
    }

    @Test
    void readsEveryFunctionOnBothSides() {
        assertThat(comparison("rate(metric['load']) > previous( metric['limit'] )"))
                .isEqualTo(new Comparison(new Rate(LOAD), Operator.GREATER, new Previous(new Metric("limit"))));
        assertThat(comparison("percentage(metric['load'] , 1.5e1) < percentage(7, metric['load'])"))
                .isEqualTo(new Comparison(
                        new Percentage(LOAD, new DecimalLiteral(15)),
                        Operator.LESS,
                        new Percentage(new IntegerLiteral(7), LOAD)));
        assertThat(comparison("previous(metric['load']) == 'a'"))
                .isEqualTo(new Comparison(new Previous(LOAD), Operator.EQUAL, new TextLiteral("a")));
        assertThat(comparison("percentage(1, 2) == 50"))
                .isEqualTo(new Comparison(
                        new Percentage(new IntegerLiteral(1), new IntegerLiteral(2)),
                        Operator.EQUAL,
                        new IntegerLiteral(50)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "A b", "0", "_", "a/b.c-d", " leading and trailing ", "..."})
    void acceptsTheNamesOfMetrics(String name) {
        assertThat(comparison("metric['" + name + "'] == 1").left()).isEqualTo(new Metric(name));
        assertThat(comparison("metric[\"" + name + "\"] == 1").left()).isEqualTo(new Metric(name));
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "-0, 0",
        "7, 7",
        "-120, -120",
        "9223372036854775807, 9223372036854775807",
        "-9223372036854775808, -9223372036854775808",
    })
    void readsNumbersThatFitAnInt64AsIntegers(String text, long value) {
        assertThat(rightSide(text)).isEqualTo(new IntegerLiteral(value));
    }

    @ParameterizedTest
    @CsvSource({
        "0.5, 0.5",
        "-12.250, -12.25",
        "1.0, 1",
        "3e2, 300",
        "3E+2, 300",
        "25e-1, 2.5",
        "1.2e-7, 1.2e-7",
        "-0.0, 0",
        "-0e5, 0",
        "1e-999, 0",
        "9223372036854775808, 9223372036854775808",
        "-9223372036854775809, -9223372036854775809",
        "1.7976931348623157e308, 1.7976931348623157e308",
    })
    void readsAllOtherNumbersAsDecimals(String text, double value) {
        assertThat(rightSide(text)).isEqualTo(new DecimalLiteral(value));
    }

    @Test
    void readsNumbersOfHundredsOfDigits() {
        assertThat(rightSide("0." + "0".repeat(340) + "1")).isEqualTo(new DecimalLiteral(0));
        assertThat(rightSide("1" + "0".repeat(300))).isEqualTo(new DecimalLiteral(1e300));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'it\\'s', it's",
                "\"it's\", it's",
                "'\\\"', `\"`",
                "'\"', `\"`",
                "'a\\/b', a/b",
                "'\\\\d', \\d",
                "'\\u0041\\u00e9\\u00C9', AéÉ",
                "'\\u0027', `'`",
                "'/* no comment */ # neither', /* no comment */ # neither",
                "'', ``",
            })
    void resolvesTheEscapesOfStrings(String literal, String value) {
        assertThat(rightSide(literal)).isEqualTo(new TextLiteral(value));
    }

    @Test
    void resolvesTheEscapesOfControlCharacters() {
        assertThat(rightSide("'\\b\\f\\n\\r\\t'")).isEqualTo(new TextLiteral("\b\f\n\r\t"));
    }

    @Test
    void acceptsAnyCharacterInAString() {
        assertThat(rightSide("'line one\r\nline two\t\0\ud83d\ude00\ud83d'"))
                .isEqualTo(new TextLiteral("line one\r\nline two\t\0\ud83d\ude00\ud83d"));
    }

    @Test
    void countsTheLinesInsideOfStringsAndComments() {
        Criteria criteria =
                CriteriaParser.parse("/*\n\n*/ if (metric['a'] == 'x\ny') { \n return \n OK, '\n' }\n\nreturn OK");

        assertThat(criteria.conditionals().get(0).result().line()).isEqualTo(5);
        assertThat(criteria.otherwise().orElseThrow().line()).isEqualTo(9);
    }

    @Test
    void letsTheFirstOfSeveralFinalReturnsStand() {
        Criteria criteria = CriteriaParser.parse(
                "return new AlarmStatus(WARNING, 'one');\nreturn CRITICAL, 'two' return OK return new AlarmStatus(OK);");

        assertThat(criteria.otherwise()).hasValue(new Return(Verdict.WARNING, Optional.of("one"), 1));
    }

    @Test
    void readsTheDeprecatedReturn() {
        Criteria criteria =
                CriteriaParser.parse("if (metric['a'] > 1) { return CRITICAL , 'far too much' } return OK # done");

        assertThat(criteria.conditionals().get(0).result())
                .isEqualTo(new Return(Verdict.CRITICAL, Optional.of("far too much"), 1));
        assertThat(criteria.otherwise()).hasValue(new Return(Verdict.OK, Optional.empty(), 1));
    }

    @Test
    void acceptsAStatusTextOfAnyLength() {
        String message = "x".repeat(5_000);

        assertThat(CriteriaParser.parse("return OK, '" + message + "'")
                        .otherwise()
                        .orElseThrow()
                        .message())
                .hasValue(message);
    }

    private static Conditional conditional(Comparison comparison, Return result) {
        return new Conditional(List.of(List.of(comparison)), result);
    }

    private static Operand rightSide(String literal) {
        return comparison("metric['x'] == " + literal).right();
    }

    private static Comparison comparison(String text) {
        return CriteriaParser.parse("if (" + text + ") { return OK }")
                .conditionals()
                .get(0)
                .anyOf()
                .get(0)
                .get(0);
    }
}
