package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexScanTest {
    private static final int COMPILED_AT_MOST = 50_000;

    /** Everything that RE2's syntax gives a meaning, and pieces of it. */
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "[",
            "]",
            "[^",
            "[]",
            "^",
            "$",
            ".",
            "-",
            ":",
            "[:alpha:]",
            "[[:alpha:]]",
            "[A-[:alpha:]",
            "[:",
            ":]",
            "\\d",
            "\\pL",
            "\\p{Greek}",
            "\\P{^L}",
            "\\x{41}",
            "\\x41",
            "\\012",
            "\\Q",
            "\\E",
            "\\\\",
            "\\[",
            "\\]",
            "\\(",
            "\\)",
            "\\{",
            "\\b",
            "(",
            "(",
            "(?:",
            "(?i)",
            "(?i:",
            "(?P<n>",
            "(?<m>",
            "(?-s",
            "?",
            ")",
            ")",
            "|",
            "*",
            "+",
            "{2}",
            "{9}",
            "{0,7}",
            "{3,}",
            "{0}",
            "{1",
            "{,5}",
            "}",
            ",",
            "0",
            "\ud83d\ude00",
            "\ud83d",
            "\n",
            "\u212a");

    @ParameterizedTest
    @CsvSource({
        "'', 3",
        "abc, 6",
        "a|b, 7",
        "[a-z]\\d, 5",
        "x{1000}, 1004",
        "'x{0,1000}', 2004",
        "(ab){10}, 54",
        "((x{10}){10}){10}, 1444",
        "(((x{99}){99}){99}){99}, 1000000",
        "\\Q(x{99}){99}\\E, 14",
        "[(]{99}[)]{99}, 203",
    })
    void foreseesTheInstructions(String pattern, long cost) {
        assertThat(RegexScan.instructions(pattern)).isEqualTo(cost);
    }

    @Property(tries = 5_000)
    void neverForeseesTooFewInstructions(@ForAll("patterns") String pattern) {
        long foreseen = RegexScan.instructions(pattern);

        if (foreseen <= COMPILED_AT_MOST && !hangs(pattern)) {
            assertThat(instructions(pattern)).as(pattern).isLessThanOrEqualTo(foreseen);
        }
    }

    /** It ends: what it doesn't object to is compiled soon. */
    @Property(tries = 5_000)
    void letsThroughOnlyWhatCompilesOrIsRefusedSoon(@ForAll("patterns") String pattern) {
        String ignoringCase = "(?i)" + pattern;
        if (RegexScan.objection(ignoringCase).isEmpty()) {
            assertTimeoutPreemptively(Duration.ofSeconds(10), () -> instructions(ignoringCase));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(?i)\u1c80",
                "(?i:x)\u1c88",
                "\u1c84(?si)",
                "(?i)\\\u1c84",
                "(?i)\\x{1C80}",
                "(?i)\\x{0001c88}",
                "(?i)\\Qa\u1c81\\E",
                "(?i)[\u1c82]",
                "(?i)[\u1c7f-\u1c89]",
                "(?i)[a-\\x{ffff}]",
                "(?i)[\\x{80}-\ud83d\ude00]",
                "(?i)[^--\uffff]",
                "(?i)[a-\u2000",
                "(?i)[]-\u2000]",
                "(?i)[[:alpha:]!-\u2000]"
            })
    void objectsToTheCharactersThatRe2jFoldsForEver(String pattern) {
        assertThat(RegexScan.objection(pattern))
                .hasValue("ignores case, and so can't hold the characters U+1C80 to U+1C88");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u1c80",
                "[a-\uffff]",
                "(?s)\u1c84",
                "(?i)\u1c7f\u1c89",
                "(?i)[a-z\u1c7f\u1c89]",
                "(?i)[\u1c89-\uffff]",
                "(?i)\\x{1c7f}",
                "(?i)[\u0370-\u1c7f]",
                "(?i)\\pL[\\PL]",
                "(?i)[^a]",
                "(?i)."
            })
    void letsTheOthersPass(String pattern) {
        assertThat(RegexScan.objection(pattern)).isEmpty();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> instructions(pattern));
    }

    /** Fails when a newer Java knows letters that RE2/J does not: then {@link RegexScan} has to object to them, too. */
    @Test
    void knowsAllCharactersThatRe2jFoldsForEver() {
        String letters = IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .filter(c -> Character.toLowerCase(c) != c || Character.toUpperCase(c) != c)
                .filter(c -> c < 0x1C80 || c > 0x1C88)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());

        assertTimeoutPreemptively(Duration.ofSeconds(30), () -> instructions("(?i)[" + letters + "]" + letters));
    }

    @Test
    void matchesInputThatRe2jWouldFoldForEver() {
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            assertThat(Pattern.compile("(?i)v\u0432[a-z]").matches("v\u1c80a")).isFalse();
            assertThat(Pattern.compile("(?i)[^a]\\pL\\w").matches("\u1c80\u1c80\u1c80"))
                    .isFalse();
        });
    }

    private static boolean hangs(String pattern) {
        return RegexScan.objection(pattern)
                .filter(text -> text.contains("ignores case"))
                .isPresent();
    }

    private static long instructions(String pattern) {
        try {
            return Pattern.compile(pattern).programSize();
        } catch (PatternSyntaxException e) {
            return 0;
        }
    }

    @Provide
    Arbitrary<String> patterns() {
        return Arbitraries.of(PIECES).list().ofMaxSize(24).map(pieces -> String.join("", pieces));
    }
}
