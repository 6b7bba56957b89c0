package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Criteria that want to stall or break the engine are evaluated, or refused, and neither takes long. */
final class HostileCriteriaTest {
    /** Far above what anything here takes, far below what a stream thread may be away. */
    private static final Duration BOUND = Duration.ofSeconds(20);

    /** The longest text that a result may have. */
    private static final int LONGEST_TEXT = 4096;

    private static final int MOST_METRICS = 500;

    private static final int FULL = CriteriaParser.MAX_TEXT_LENGTH;

    private final AlarmRig rig;

    HostileCriteriaTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir);
        rig.check("remote.http", 30, "a");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @ParameterizedTest
    @CsvSource({
        "(a+)+$, true",
        "(a+)+b, false",
        "(a|a)*$, true",
        "(a|aa)+, true",
        "(a*)*, true",
        "(.*)*x, false",
        "(.*a){30}b, false",
        "(((a*)*)*)*c, false",
        "(x+x+)+y, false",
        "(a?a?a?a?a?){20}, false"
    })
    void matchesNestedRepetitionsOnTheLongestText(String pattern, boolean matches) {
        rig.alarm("al1", "if (metric['s'] regex '" + pattern + "') { return CRITICAL }");

        assertTimeoutPreemptively(BOUND, () -> rig.observe(0, "a", "s", "a".repeat(LONGEST_TEXT)));

        assertThat(rig.events()).extracting(AlertEvent::getState).containsExactly(matches ? State.CRITICAL : State.OK);
    }

    @Test
    void disablesAnAlarmAloneWhoseRegularExpressionsAreTooMuchForAText() {
        String lazy = "(?s)" + ".*?".repeat(600) + "z";
        String many = IntStream.range(0, 15)
                .mapToObj(i -> "metric['s'] regex '" + lazy + i + "'")
                .collect(Collectors.joining(" || "));
        rig.alarm("al1", "if (metric['s'] regex '" + lazy + "') { return CRITICAL }");
        rig.alarm("al2", "if (metric['s'] regex 'a+') { return WARNING }");
        assertThatThrownBy(() -> CriteriaParser.parse("if (" + many + ") { return CRITICAL }"))
                .isInstanceOf(CriteriaException.class);

        assertTimeoutPreemptively(BOUND, () -> rig.observe(0, "a", "s", "a".repeat(LONGEST_TEXT)));

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->WARNING: Matched return statement on line 1");
        assertThat(rig.states().get("t/en1/al1").getDisabledReason())
                .contains(" steps on a result, and with the check's other alarms ")
                .contains("the check's alarms together may take 2000000");
    }

    /** What one alarm may do to a text, each of many may not: the thread is the same. */
    @Test
    void holdsNobodyUpWithTheSumOfManyAlarms() {
        String six = "if (metric['a'] regex '(x*){400}y') { return CRITICAL }\n".repeat(6);
        for (int i = 10; i < 40; i++) {
            rig.alarm("al" + i, six);
        }
        rig.alarm("alright", "if (metric['a'] regex 'x+') { return WARNING }");

        assertTimeoutPreemptively(BOUND, () -> rig.observe(0, "a", "a", "x".repeat(LONGEST_TEXT)));

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->WARNING: Matched return statement on line 1");
        Map<String, AlarmState> states = rig.states();
        assertThat(states.get("t/en1/al39").getDisabledReason()).contains("steps on a result");
        assertThat(states.values())
                .filteredOn(state -> state.getDisabledReason() != null)
                .hasSize(30);
    }

    @Test
    void disablesTheMostExpensiveAlarmsUntilTheOthersFit() {
        rig.alarm("al1", "if (metric['s'] regex '(x*){100}y') { return CRITICAL }");
        rig.alarm("al2", "if (metric['s'] regex '(x*){110}y') { return CRITICAL }");
        rig.alarm("al3", "if (previous(metric['s']) regex '(x*){90}y') { return CRITICAL }");
        rig.observe(0, "a", "s", "x".repeat(2000));
        rig.states();

        rig.observe(1, "a", "s", "x".repeat(2000));

        Map<String, AlarmState> states = rig.states();
        assertThat(states.get("t/en1/al2").getDisabledReason())
                .contains("need ")
                .contains("steps on a result");
        assertThat(rig.deadLetters()).hasSize(1);
    }

    @Test
    void refusesComparisonsBeyondWhatTheAlarmsOfACheckMayMakeForEachResult() {
        String long1000 = full("if(" + joined("&&", i -> "metric['a']>1", "metric['b']<1") + "){return CRITICAL}");
        for (int i = 100; i < 160; i++) {
            rig.alarm("al" + i, long1000);
        }

        assertTimeoutPreemptively(Duration.ofSeconds(2), () -> rig.observe(0, "a", "a", 2L, "b", 0L));

        Map<String, AlarmState> states = rig.states();
        assertThat(states.get("t/en1/al100").getDisabledReason()).isNull();
        assertThat(states.get("t/en1/al159").getDisabledReason()).contains("together they may take 1000000");
        assertThat(states.values())
                .filteredOn(state -> state.getDisabledReason() == null)
                .hasSizeGreaterThan(30);
    }

    @Test
    void matchesALargePatternOnATextOfOrdinaryLength() {
        rig.alarm("al1", "if (metric['s'] regex '(?s)" + ".*?".repeat(600) + "z') { return CRITICAL }");

        assertTimeoutPreemptively(BOUND, () -> rig.observe(0, "a", "s", "a".repeat(1000) + "z"));

        assertThat(rig.events()).extracting(AlertEvent::getState).containsExactly(State.CRITICAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"((a{1,100}){1,100}){1,100}", "(((((x{9}){9}){9}){9}){9}){9}", "x{1001}"})
    void refusesPatternsThatExplode(String pattern) {
        assertTimeoutPreemptively(
                BOUND,
                () -> assertThatThrownBy(
                                () -> CriteriaParser.parse("if (metric['s'] regex '" + pattern + "') { return OK }"))
                        .isInstanceOf(CriteriaException.class)
                        .hasMessageContaining("regular expression"));
    }

    /** Conditions as long as they can be, which hold for a = 2, b = 0 and s = x, but not for b = 2. */
    static Stream<String> longConditions() {
        return Stream.of(
                joined("&&", i -> "metric['a']>1", "metric['b']<1"),
                joined("||", i -> "metric['a']>2", "metric['b']<1"),
                joined("||", i -> "metric['a']>" + i % 7 + "&&metric['b']<0", "metric['b']<1"),
                joined("&&", i -> "metric['a']>5||metric['a']!=" + (i + 3), "metric['b']==0"),
                joined("||", i -> "metric['s']regex'" + i + "'", "metric['b']<1"),
                joined("&&", i -> "metric['s']nregex'[a-w]{" + i % 9 + "}'", "metric['b']<1"),
                joined("||", i -> "metric['s']=='" + i + "'", "metric['b']==0.0"),
                joined("||", i -> "percentage(metric['a'],metric['a'])>" + (100 + i), "percentage(metric['b'],1)<1"),
                joined("||", i -> "rate(metric['a'])>" + i, "percentage(1,metric['a'])==50&&metric['b']<1"),
                joined("&&", i -> "(metric[\"a\"] >= metric['a'] )#\n", "metric['b']<metric['a']"));
    }

    @ParameterizedTest
    @MethodSource("longConditions")
    void evaluatesAConditionOf16384Characters(String condition) {
        String criteria = full("if(" + condition + "){return CRITICAL,'yes'}");

        assertTimeoutPreemptively(BOUND, () -> {
            rig.alarm("al1", criteria);
            rig.observe(0, "a", "a", 2L, "b", 0L, "s", "x");
            rig.observe(30, "a", "a", 2L, "b", 2L, "s", "x");
        });

        assertThat(rig.transitions())
                .containsExactly("0.0 UNKNOWN->CRITICAL: yes", "30.0 CRITICAL->OK: Matched default return statement");
    }

    @Test
    void evaluatesAThousandMetricsAndNamesTheFirstThatIsMissing() {
        String condition = joined("&&", i -> "metric['" + Integer.toString(i + 1296, 36) + "']>0", "metric['b']<1");

        assertTimeoutPreemptively(BOUND, () -> {
            rig.alarm("al1", full("if(" + condition + "){return CRITICAL}"));
            rig.observe(0, "a", metricsFrom("100", "1bb"));
        });

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->CRITICAL: metric \"1bb\" is not available");
    }

    /** As many metrics as a result may have, but one. */
    private static Object[] metricsFrom(String first, String missing) {
        return IntStream.range(Integer.parseInt(first, 36), Integer.parseInt(first, 36) + MOST_METRICS)
                .mapToObj(i -> Integer.toString(i, 36))
                .filter(name -> !name.equals(missing))
                .flatMap(name -> Stream.of((Object) name, (Object) 1L))
                .toArray();
    }

    @Test
    void evaluatesTenFullBlocksAndReturnsTheLast() {
        StringBuilder criteria = new StringBuilder();
        for (int block = 0; block < 10; block++) {
            int number = block;
            criteria.append("if(")
                    .append(joined(
                            1500, "||", i -> "metric['a']>" + (9 + i) + "&&metric['a']>" + i, "metric['b']==" + number))
                    .append("){return CRITICAL,'")
                    .append(block)
                    .append("'}");
        }

        assertTimeoutPreemptively(BOUND, () -> {
            rig.alarm("al1", full(criteria.toString()));
            rig.observe(0, "a", "a", 2L, "b", 9L);
        });

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->CRITICAL: 9");
    }

    @Test
    void cutsAStatusOfSixteenThousandCharacters() {
        String text = "\ud834\udd1e".repeat(63) + "x\ud834\udd1e";

        rig.alarm("al1", full("return OK,'" + text + "y".repeat(16_000) + "'"));
        rig.observe(0, "a");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: " + "\ud834\udd1e".repeat(63) + "x");
    }

    @Test
    void readsCommentsThatNestThousandsDeep() {
        String comment = "/*".repeat(4000) + "*/".repeat(4000);

        rig.alarm("al1", full(comment + "return WARNING"));
        rig.observe(0, "a");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->WARNING: Matched return statement on line 1");
    }

    @Test
    void refusesOneCharacterTooMany() {
        assertThatThrownBy(() -> CriteriaParser.parse(full("return OK") + "#"))
                .isInstanceOf(CriteriaException.class)
                .hasMessage("the criteria has 16385 characters, but at most 16384 are allowed");
    }

    static Stream<String> oddTexts() {
        return Stream.of(
                "\ud834\udd1e\ud83d\udc69\u200d\ud83d\udcbb",
                "e\u0301\u0327",
                "\u05e9\u05dc\u05d5\u05dd \u202eabc\u202c",
                "\u0000\u0001\u007f\u0085\u2028\ufeff\uffff",
                "'\"'\"",
                "\\\\\"\\'/\\n",
                "\r\n\t\b\f",
                "if (x) { return OK } /* # */ #{nobody} :set",
                "');drop%s%d%n${x}'",
                "o.metric(0) and true or not null case when");
    }

    @ParameterizedTest
    @MethodSource("oddTexts")
    void takesAnyTextInEveryString(String text) {
        String written = '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        String quoted = '"' + ("\\Q" + text + "\\E").replace("\\", "\\\\").replace("\"", "\\\"") + '"';
        rig.alarm("al1", "if (metric['s'] == " + written + ") { return new AlarmStatus(WARNING, " + written + "); }");
        rig.alarm("al2", "if (metric['s'] regex " + quoted + ") { return WARNING, 'matches' }");
        rig.alarm("al3", ":set dimensionFilter=" + written + " if (metric['n'] > 1) { return WARNING, 'filtered' }");

        rig.observe(0, "a", "s", text, text + ".n", 2L);

        assertThat(rig.events())
                .extracting(AlertEvent::getStatus)
                .containsExactlyInAnyOrder(text, "matches", "filtered");
    }

    @Test
    void takesHalfASurrogatePairForNoCharacterOfAMetric() {
        rig.alarm("al1", "if (metric['s'] == '\\ud800') { return CRITICAL } return OK, 'half \\udc00'");

        rig.observe(0, "a", "s", "\ud800\udc00");

        // UTF-8 can't say it, so that a question mark is what readers get.
        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: half ?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"two words", " ", "a/b.c-d_e", "/", ".", "-", "...", "0", "metric", "LONG"})
    void findsMetricsWhateverTheirName(String name) {
        String metric = name.equals("LONG") ? "n /.".repeat(32) : name;
        rig.alarm("al1", "if (metric['" + metric + "'] == 5) { return WARNING, '#{" + metric + "}' }");

        rig.observe(0, "a", metric, 5L);

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->WARNING: 5");
    }

    @Test
    void comparesStringsOf80CharactersAndRefuses81() {
        String longest = "\ud834\udd1e".repeat(40);
        rig.alarm("al1", "if (metric['s'] == '" + longest + "') { return WARNING, 'same' }");

        rig.observe(0, "a", "s", longest);

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->WARNING: same");
        assertThatThrownBy(
                        () -> CriteriaParser.parse("if (metric['s'] == '" + longest + "x') { return WARNING, 'same' }"))
                .isInstanceOf(CriteriaException.class)
                .hasMessage("this string has 81 characters, but a metric can be compared with at most 80");
    }

    private static String joined(String sign, IntFunction<String> comparison, String last) {
        return joined(FULL - 50, sign, comparison, last);
    }

    /** As many comparisons as fit, and the last one. */
    private static String joined(int maxLength, String sign, IntFunction<String> comparison, String last) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; text.length() + comparison.apply(i).length() + last.length() + 2 < maxLength; i++) {
            text.append(comparison.apply(i)).append(sign);
        }
        return text + last;
    }

    /** The criteria with a comment behind it, so that it has the greatest length. */
    private static String full(String criteria) {
        return criteria + "#".repeat(FULL - criteria.length());
    }
}
