package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both sides of every limit, and that hostile texts cost neither time nor stack. */
final class CriteriaLimitsTest {
    @Test
    void accepts16384CharactersAndRefusesMore() {
        String longest = "#".repeat(16_384);

        assertThat(CriteriaParser.parse(longest).conditionals()).isEmpty();
        CriteriaException refusal = refusal(longest + "return OK");
        assertThat(refusal).hasMessage("the criteria has 16393 characters, but at most 16384 are allowed");
        assertThat(refusal.position()).isEqualTo(16_384);
        assertThat(refusal.column()).isEqualTo(16_385);
        assertThat(refusal.token()).isEqualTo("return");
    }

    @Test
    void acceptsTenConditionsAndRefusesTheEleventh() {
        String block = "if (metric['a'] > 1) { return OK }\n";

        assertThat(CriteriaParser.parse(block.repeat(10)).conditionals()).hasSize(10);
        CriteriaException refusal = refusal(block.repeat(11));
        assertThat(refusal).hasMessage("a criteria has at most 10 'if' blocks; this is one more");
        assertThat(refusal.line()).isEqualTo(11);
        assertThat(refusal.column()).isEqualTo(1);
        assertThat(refusal.token()).isEqualTo("if");
    }

    @Test
    void acceptsMetricNamesOf128CharactersAndRefusesLongerOnes() {
        assertThat(criteria("metric['" + "n".repeat(128) + "'] > 1").metricsInOrder())
                .hasSize(1);
        CriteriaException refusal = refusal("if (metric['" + "n".repeat(129) + "'] > 1) { return OK }");
        assertThat(refusal).hasMessage("the metric's name has 129 characters, but at most 128 are allowed");
        assertThat(refusal.column()).isEqualTo(13);
    }

    @Test
    void countsTheDimensionAsPartOfTheName() {
        String filter = ":set dimensionFilter='" + "d".repeat(64) + "' ";

        assertThat(CriteriaParser.parse(filter + "if (metric['" + "n".repeat(63) + "'] > 1) { return OK }")
                        .metricsInOrder())
                .allMatch(name -> name.length() == 128);
        assertThat(refusal(filter + "if (metric['" + "n".repeat(64) + "'] > 1) { return OK }"))
                .hasMessage("the metric's name has 129 characters, but at most 128 are allowed");
    }

    @Test
    void acceptsStringsOf80CharactersToCompareWithAndRefusesLongerOnes() {
        assertThat(criteria("metric['a'] == '" + "\\n".repeat(80) + "'").conditionals())
                .hasSize(1);
        CriteriaException refusal = refusal("if (metric['a'] != '" + "x".repeat(81) + "') { return OK }");
        assertThat(refusal).hasMessage("this string has 81 characters, but a metric can be compared with at most 80");
        assertThat(refusal.column()).isEqualTo(20);
        assertThat(refusal.token()).isEqualTo("'");
    }

    @Test
    void acceptsLongRegularExpressions() {
        assertThat(criteria("metric['a'] regex '" + "some|".repeat(100) + "'").conditionals())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x{1000}", "x{0,1000}", "(x{30}){30}", "[0-9]{1,3}([.][0-9]{1,3}){3}"})
    void acceptsRegularExpressionsOfAModestCost(String pattern) {
        assertThat(criteria("metric['a'] regex '" + pattern + "'").conditionals())
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(x{1000}){3}", "(((x{99}){99}){99}){99}", "((([a\\]]{0,999}b){999}){999}c){999}"})
    void refusesRegularExpressionsThatExplode(String pattern) {
        CriteriaException refusal =
                refusal("if (metric['a'] regex '" + pattern.replace("\\", "\\\\") + "') { return OK }");

        assertThat(refusal)
                .hasMessage("this regular expression is too large: use fewer and shorter repetitions, fewer groups,"
                        + " and smaller classes of characters");
        assertThat(refusal.column()).isEqualTo(23);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/*",
                "/**/",
                "(",
                ")",
                "if(",
                "if((",
                "'",
                "\"",
                "\\",
                "#\n",
                "\n",
                " ",
                ":set",
                ":set consecutiveCount=1 ",
                "return ",
                "return OK ",
                "return OK,",
                "rate(",
                "metric[",
                "metric['",
                "-",
                "9",
                "1.",
                "\0",
                "\r",
                "\ud800"
            })
    void refusesOrAcceptsEndlessRepetitionsAtOnceAndOnASmallStack(String repeated) {
        String text = repeated.repeat(CriteriaParser.MAX_TEXT_LENGTH / repeated.length());

        onASmallStack(text);
        onASmallStack("if (metric['a'] regex '" + text.substring(100) + "') { return OK }");
        onASmallStack("if (metric['a'] > " + text.substring(100));
        onASmallStack("return OK, '" + text.substring(100));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(", "(?:", "(?i)", "a|", "a?", "[", "[[:", "\\\\p{", "{", "{1", "a{2}", "(|", "x*", "(a", "\\\\Q"
            })
    void refusesOrAcceptsHostileRegularExpressionsAtOnceAndOnASmallStack(String repeated) {
        onASmallStack("if (metric['a'] regex '" + repeated.repeat(16_000 / repeated.length()) + "') { return OK }");
        onASmallStack("if (metric['a'] regex '" + repeated.repeat(400) + "a" + ")".repeat(400) + "') { return OK }");
    }

    @Test
    void acceptsManyLargeRegularExpressionsAndRefusesThoseThatAreTooLargeTogether() {
        String large = "metric['a'] regex 'x{1000}' || ";

        assertThat(criteria(large.repeat(31) + "metric['a'] regex 'x'").conditionals())
                .hasSize(1);
        CriteriaException refusal = refusal("if (" + large.repeat(40) + "metric['a'] regex 'x') { return OK }");
        assertThat(refusal)
                .hasMessage("the regular expressions up to this one are too large together: use fewer and shorter"
                        + " repetitions");
        assertThat(refusal.token()).isEqualTo("'x{1000}'");
    }

    @Test
    void acceptsAnyNumberOfRegularExpressionsWithoutCountedRepetitions() {
        String alternatives = "|".repeat(900);

        assertThat(criteria(("metric['a']regex'" + alternatives + "'||").repeat(17) + "metric['a']regex'x'")
                        .conditionals())
                .hasSize(1);
        assertThat(criteria("metric['a']regex'(a|b)*'||".repeat(600) + "metric['a']regex'x'")
                        .conditionals())
                .hasSize(1);
    }

    @Test
    void refusesANumberByItsLengthBeforeItIsRead() {
        assertThat(criteria("metric['a'] == " + "0." + "3".repeat(1098)).conditionals())
                .hasSize(1);
        assertThat(refusal("if (metric['a'] == 0." + "3".repeat(1099) + ") { return OK }"))
                .hasMessage("this number has 1101 characters, but at most 1100 are allowed");
        assertThat(refusal("if (metric['a'] == " + "9".repeat(16_000) + ") { return OK }"))
                .hasMessage("this number has 16000 characters, but at most 1100 are allowed");
    }

    @Test
    void refusesAMegabyteByItsLength() {
        assertThat(refusal("\n".repeat(1_000_000))).hasMessageContaining("at most 16384");
    }

    /** Parsing has to end soon, and in an eighth of the stack that a thread has by default. */
    private static void onASmallStack(String text) {
        assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            CompletableFuture<String> outcome = new CompletableFuture<>();
            Thread thread = new Thread(null, () -> parse(text, outcome), "small-stack", 128 << 10);
            thread.start();
            assertThat(outcome.get()).isIn("accepted", "refused");
        });
    }

    private static void parse(String text, CompletableFuture<String> outcome) {
        try {
            CriteriaParser.parse(text);
            outcome.complete("accepted");
        } catch (CriteriaException e) {
            outcome.complete("refused");
        } catch (Throwable e) {
            outcome.completeExceptionally(e);
        }
    }

    private static Criteria criteria(String comparison) {
        return CriteriaParser.parse("if (" + comparison + ") { return OK }");
    }

    private static CriteriaException refusal(String text) {
        CriteriaException refusal = catchThrowableOfType(CriteriaException.class, () -> CriteriaParser.parse(text));
        assertThat(refusal).isNotNull();
        return refusal;
    }
}
