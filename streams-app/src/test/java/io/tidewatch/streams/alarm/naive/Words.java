package io.tidewatch.streams.alarm.naive;

import java.util.List;
import java.util.Random;

/** The values that criteria and observations are made of: few, so that they meet, and next to every boundary. */
final class Words {
    static final List<String> NUMERIC_METRICS = List.of("n", "disk usage/root.free-1", "Count_2");
    static final List<String> TEXT_METRICS = List.of("code", "s p a c e", "9");
    static final List<String> DIMENSIONS = List.of("eth0", "d", "a b/c", "it's \"x\"");
    static final List<String> STATUSES =
            List.of("", "fine", "connection refused", "\u00e9\ud834\udd1e", "s".repeat(130));

    private static final long TWO_53 = 1L << 53;
    private static final List<Object> NUMBERS = List.of(
            0L,
            1L,
            2L,
            3L,
            5L,
            10L,
            100L,
            -1L,
            200L,
            0L,
            1L,
            2L,
            3L,
            TWO_53,
            TWO_53 + 1,
            TWO_53 + 2,
            (1L << 62) + 1,
            (1L << 62) + 2,
            Long.MAX_VALUE,
            Long.MAX_VALUE - 1,
            Long.MIN_VALUE,
            0.0,
            1.0,
            2.0,
            2.5,
            0.25,
            0.1,
            100.0,
            -1.5,
            5000.0,
            1e-7,
            1e21,
            1.5e300,
            (double) TWO_53,
            0x1p62,
            0x1p63,
            Double.MIN_VALUE);
    private static final List<Object> ODD_NUMBERS =
            List.of(Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, Double.MAX_VALUE);
    private static final List<String> TEXTS = List.of(
            "",
            "200",
            "404",
            "ok",
            "OK",
            "true",
            "false",
            "5",
            "0.25",
            "5000",
            "NaN",
            "9007199254740993",
            "a'b\"c\\d/e",
            "two\nlines",
            "\t",
            "\u00e9",
            "\ud834\udd1e",
            "e\u0301",
            "\u0000",
            "\u05d0\u202e",
            "x".repeat(80),
            "#{n}");
    private static final List<String> PATTERNS = List.of(
            "200",
            "2..",
            "4\\d\\d|200",
            "[a-z]+",
            "(?i)ok",
            "(ok|true)",
            ".*",
            "",
            "(?s).*",
            ".",
            "[^0-9]*",
            "a'b\"c\\\\d/e",
            "(a+)+b?",
            "\u00e9+",
            "e\u0301",
            "x{79,80}",
            "\\d+(\\.\\d+)?",
            "(?s).{2}.*");

    private Words() {}

    static <T> T of(List<T> all, Random random) {
        return all.get(random.nextInt(all.size()));
    }

    /** A number that a criteria can hold. */
    static Object literal(Random random) {
        return of(NUMBERS, random);
    }

    static Object number(Random random) {
        return random.nextInt(12) == 0 ? of(ODD_NUMBERS, random) : of(NUMBERS, random);
    }

    static String text(Random random) {
        return of(TEXTS, random);
    }

    static String pattern(Random random) {
        return of(PATTERNS, random);
    }

    /** What a text metric usually has, a boolean among them. */
    static Object textual(Random random) {
        return random.nextInt(6) == 0 ? (Object) random.nextBoolean() : text(random);
    }

    static Object any(Random random) {
        return random.nextBoolean() ? number(random) : textual(random);
    }

    static String message(Random random) {
        return switch (random.nextInt(7)) {
            case 0 -> "";
            case 1 -> "plain";
            case 2 -> "#{n} of #{Count_2}, #{disk usage/root.free-1}";
            case 3 -> "#{code}#{nobody}#{#{9}}} #{s p a c e";
            case 4 -> "x".repeat(124) + "#{code}" + "yz";
            case 5 -> "m".repeat(120 + random.nextInt(9)) + "\ud834\udd1e".repeat(4);
            default -> "'\"\\/ #{eth0.n} #{d.code}\n\t\u00e9 #{a b/c.n} #{it's \"x\".n}";
        };
    }
}
