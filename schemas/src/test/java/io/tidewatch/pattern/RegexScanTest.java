package io.tidewatch.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.lang.management.ManagementFactory;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RegexScanTest {
    private static final int COMPILED_AT_MOST = 50_000;

    /** For a machine that does much else meanwhile. */
    private static final Duration COMPILES_WITHIN = Duration.ofSeconds(10);

    /** Four times what compiling the largest takes, for a compiler that has not been compiled itself. */
    private static final Duration COMPILES_WITHIN_CPU_TIME = Duration.ofSeconds(1);

    private static final List<String> LARGE_PIECES = List.of(
            "a",
            "k",
            "|",
            "(a|",
            "(?:",
            ")",
            "x{1000}",
            "x{0,30}",
            "?",
            "*",
            "\\pL",
            "\\p{Ll}",
            "\\P{Lu}",
            "\\w",
            "[:alpha:]",
            "[:^word:]",
            "[a-z]",
            "\u0001-\u1c7f",
            "\u1c89-\uffff",
            "\u1c89-\udbff\udfff",
            "\\x{1c89}-\\x{10ffff}",
            "\u0100\u0102",
            "]|[",
            "(?i:",
            "(?-i)",
            "\\E",
            "\\Q",
            "^",
            "\\b");

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
            "\\x{1C80}",
            "\\x{1c7f}-\\x{1c80}",
            "\\x{1c89}-\\x{10ffff}",
            "\u1c84",
            "\u1c79-\u1c89",
            "(?i-s:",
            "(?-i)",
            "{0,1000}",
            "{1000}",
            "[:^word:]",
            "\\777",
            "\\D",
            "[\\W",
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
        assertThat(RegexScan.of(pattern).cost().instructions()).isEqualTo(cost);
    }

    @Property(tries = 5_000)
    void neverForeseesTooFewInstructions(@ForAll("patterns") String pattern) {
        long foreseen = RegexScan.of(pattern).cost().instructions();

        if (foreseen <= COMPILED_AT_MOST && !hangs(pattern)) {
            assertThat(instructions(pattern)).as(pattern).isLessThanOrEqualTo(foreseen);
        }
    }

    /** Nothing that is let through takes longer, or becomes larger, than was foreseen. */
    @Property(tries = 5_000)
    void letsThroughOnlyWhatTakesNoMoreThanForeseen(@ForAll("patterns") String pattern) {
        letsThroughOnlyWhatTakesNoMore("(?i)" + pattern);
        letsThroughOnlyWhatTakesNoMore(pattern);
    }

    /** Patterns of thousands of characters, each made of a few pieces that say much, over and over. */
    @Property(tries = 300)
    void letsThroughNoLargePatternThatTakesMore(@ForAll("largePatterns") String pattern) {
        letsThroughOnlyWhatTakesNoMore(pattern);
    }

    private static void letsThroughOnlyWhatTakesNoMore(String pattern) {
        RegexScan scan = RegexScan.of(pattern);
        if (scan.foldsForEver() || scan.cost().isTooMuchFor(PatternUse.CRITERIA)) {
            return;
        }
        assertTimeoutPreemptively(COMPILES_WITHIN, () -> {
            try {
                Compiled compiled = Compiled.of(pattern);
                assertThat(compiled.instructions())
                        .as(pattern)
                        .isLessThanOrEqualTo(scan.cost().instructions());
                assertThat(compiled.ranges())
                        .as(pattern)
                        .isLessThanOrEqualTo(scan.cost().ranges());
                assertThat(compiled.cpuTime()).as(pattern).isLessThan(COMPILES_WITHIN_CPU_TIME);
            } catch (PatternSyntaxException e) {
                assertThat(e.getDescription()).isNotEmpty();
            }
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"L", "Ll", "Lu", "Lo", "M", "N", "P", "S", "C", "Z", "Mn", "So", "Any", "Common", "Latin", "Han"
            })
    void knowsHowLargeUnicodeClassesAre(String name) throws Exception {
        for (String pattern : List.of("\\p{%s}", "\\P{%s}", "(?i)\\p{%s}", "(?i)[^\\p{%s}]", "(?i)[\\P{%s}]")) {
            String expression = String.format(pattern, name);

            assertThat(Compiled.of(expression).ranges())
                    .as(expression)
                    .isLessThanOrEqualTo(RegexScan.of(expression).cost().ranges());
        }
    }

    /** Each took from a quarter of a second to minutes of a gateway's thread, in a check's details or in a criteria. */
    @ParameterizedTest
    @MethodSource("slowPatterns")
    void refusesWhatTakesLongToCompile(String pattern) {
        assertThatThrownBy(() -> UserPattern.compile(pattern, PatternUse.SEARCH))
                .isInstanceOf(UnfitPatternException.class)
                .hasMessageStartingWith("is too large: use fewer");
    }

    static List<String> slowPatterns() {
        return List.of(
                "(?i)[" + "\u1c89-\udbff\udfff".repeat(60) + "]",
                "(?i)[" + "\u0001-\u1c7f".repeat(4000) + "]",
                "[" + "\\pL".repeat(5000) + "]",
                "(?i)[" + "\\P{Lu}".repeat(2000) + "]",
                "\\pL|".repeat(600),
                "((((a{1000}){1000}){1000}){1000})");
    }

    @Test
    void scansATextOfAnyKindInTimeLinearInItsLength() {
        for (String piece : List.of("\\x{", "\\x{0", "[[:", "(?", "\\Q", "\\p{", "{", "{1,", "[", "(")) {
            String pattern = piece.repeat(16_384 / piece.length());

            assertTimeoutPreemptively(
                    COMPILES_WITHIN, () -> RegexScan.of(pattern).cost(), piece);
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
        assertThat(RegexScan.of(pattern).foldsForEver()).isTrue();
        assertThatThrownBy(() -> UserPattern.compile(pattern, PatternUse.SEARCH))
                .hasMessage("ignores case, and so can't hold the characters U+1C80 to U+1C88");
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
        assertThat(RegexScan.of(pattern).foldsForEver()).isFalse();
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
        return RegexScan.of(pattern).foldsForEver();
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

    @Provide
    Arbitrary<String> largePatterns() {
        Arbitrary<String> begin = Arbitraries.of("", "(?i)", "(?s)", "[", "(?i)[", "(?i)[^", "((?i:", "\\Q");
        Arbitrary<String> repeated =
                Arbitraries.of(LARGE_PIECES).list().ofMinSize(1).ofMaxSize(4).map(pieces -> String.join("", pieces));
        Arbitrary<String> end = Arbitraries.of("", "]", "]*", "))", "){3}", "]|(?i)x", "(?i:x)");
        return Combinators.combine(begin, repeated, Arbitraries.integers().between(1, 5_000), end)
                .as((first, middle, times, last) -> first + middle.repeat(times) + last);
    }

    /** What RE2/J made of a pattern, as only its insides tell. */
    private record Compiled(long instructions, long ranges, Duration cpuTime) {
        static Compiled of(String pattern) throws ReflectiveOperationException {
            long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Pattern compiled = Pattern.compile(pattern);
            long after = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            return new Compiled(compiled.programSize(), ranges(compiled), Duration.ofNanos(after - before));
        }

        private static long ranges(Pattern pattern) throws ReflectiveOperationException {
            Set<int[]> classes = Collections.newSetFromMap(new IdentityHashMap<>());
            Object instructions = inside(inside(inside(pattern, "re2"), "prog"), "inst");
            for (int i = 0; i < Array.getLength(instructions); i++) {
                Object instruction = Array.get(instructions, i);
                if (instruction != null && inside(instruction, "runes") instanceof int[] runes && runes.length > 1) {
                    classes.add(runes);
                }
            }
            return classes.stream().mapToLong(runes -> runes.length / 2).sum();
        }

        private static Object inside(Object owner, String field) throws ReflectiveOperationException {
            Field found = owner.getClass().getDeclaredField(field);
            found.setAccessible(true);
            return found.get(owner);
        }
    }
}
