package io.tidewatch.system.fuzz;

import java.util.List;
import java.util.Random;

/** What programs stumble over: numbers and texts as they stand in JSON, patterns, names. */
final class OddValues {
    /** Numbers, and what somebody could take for one. Source: RFC 8259 section 6, and the limits of 64-bit types. */
    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "1.0",
            "1e0",
            "1E+2",
            "0.1",
            "-0.0",
            "1e-400",
            "1e400",
            "-1e400",
            "1e308",
            "4.9e-324",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "-9223372036854775808",
            "-9223372036854775809",
            "18446744073709551616",
            "1e100000",
            "1E2147483648",
            "1e-2147483649",
            "NaN",
            "Infinity",
            "-Infinity",
            "\"NaN\"",
            "\"Infinity\"",
            "0x10",
            "01",
            "+1",
            ".5",
            "1.",
            "1_000",
            "1,5",
            "\"1\"",
            "\" 1\"",
            "\"1e3\"",
            "\"٣\"",
            "\"0x1p3\"",
            "\"1f\"",
            "\"-0\"");

    private static final List<String> OTHER_TYPES = List.of(
            "null",
            "true",
            "false",
            "[]",
            "{}",
            "[[]]",
            "[null]",
            "{\"\": null}",
            "\"\"",
            "\" \"",
            "\"true\"",
            "0",
            "{\"value\": {}}",
            "{\"value\": 1, \"data\": 1}",
            "{\"value\": \"x\", \"type\": \"i\"}",
            "[1, \"a\", {}]");

    /** Contents of a JSON string. */
    private static final List<String> TEXTS = List.of(
            "",
            " ",
            "\\u0000",
            "a\\u0000b",
            "\\u001f",
            "\\r\\nX-Injected: 1",
            "\\n",
            "\\t",
            "\\u007f",
            "\\u0085",
            "\\u2028",
            "\\u202eabc",
            "\\ufeff",
            "\\uffff",
            "\\ud83d\\ude00",
            "😀",
            "é",
            "e\\u0301",
            "ﷺ",
            "İ",
            "ß",
            "../../etc/passwd",
            "/",
            "a/b",
            "a/../b",
            "%2e%2e%2f",
            "%00",
            "${jndi:ldap://x/y}",
            "#{text}",
            "'); --",
            "<script>",
            "%s%n%d",
            "{{7*7}}",
            ":",
            "a:b:c",
            ".",
            "..",
            "-",
            "@available",
            "true",
            "null",
            "NaN");

    /** Lengths around what something is limited to: bytes, UTF-16 units, keys of Cassandra, frames. */
    private static final List<Integer> LENGTHS = List.of(
            63, 64, 65, 127, 128, 129, 254, 255, 256, 257, 1024, 4095, 4096, 4097, 16_384, 16_385, 65_535, 65_536,
            300_000);

    /** Half of a pair, in the places where it can stand. */
    private static final List<String> SURROGATES =
            List.of("\\ud800", "\\udc00", "a\\ud83d", "\\ude00\\ud83d", "\\ud83dx\\ude00", "😀\\udbff");

    /**
     * Patterns that some engine could not bear. Source: RE2's own tests, RE2/J's issues, and what catastrophic backtracking is
     * shown with.
     */
    static final List<String> PATTERNS = List.of(
            "(?i)\\x{1C80}",
            "(?i)[\\x{1C80}-\\x{1C88}]",
            "(?i)\\x{10FFFF}",
            "((((a{1000}){1000}){1000}){1000})",
            "((a{100}){100}){100}",
            "(x*){400}y",
            "(((x*)*)*)*y",
            "(a|a)*b",
            "(?:(?:(?:(?:a?){50}){50}){50}){50}",
            "[\\p{L}\\P{L}]{1000}",
            "\\p{L}{1000}",
            "(?i)\\p{L}{1000}",
            "[^\\x00-\\x{10FFFF}]",
            "(?P<n>a)(?P<n>b)",
            "\\Q" + "a".repeat(100),
            "(".repeat(240),
            "(".repeat(120) + ")".repeat(120),
            "[".repeat(200),
            "a|".repeat(120),
            "a{1001}",
            "a{0,1000}b{0,1000}c{0,1000}",
            "(?s).*(?:.*)*x",
            "\\C",
            "\\8",
            "(?<=a)b",
            "\\u0041",
            "x{2147483648}",
            "[a-\\d]",
            "[z-a]",
            "\\p{Nonsense}",
            "*",
            "(?",
            "");

    private OddValues() {}

    static String number(Random random) {
        return switch (random.nextInt(12)) {
            case 0 -> "9".repeat(100_000);
            case 1 -> "0." + "3".repeat(100_000);
            case 2 -> "\"" + "9".repeat(100_000) + "\"";
            case 3 -> "1e" + "9".repeat(1000);
            case 4 -> Long.toString(random.nextLong());
            case 5 -> Double.toString(Double.longBitsToDouble(random.nextLong()));
            default -> FuzzPlan.pick(random, NUMBERS);
        };
    }

    static String otherType(Random random) {
        return FuzzPlan.pick(random, OTHER_TYPES);
    }

    /** With its quotes. */
    static String text(Random random) {
        int length = FuzzPlan.pick(random, LENGTHS);
        return "\""
                + switch (random.nextInt(6)) {
                    case 0 -> "a".repeat(length);
                    case 1 -> "é".repeat(length);
                    case 2 -> "😀".repeat(length / 2);
                    case 3 -> "\\u0001".repeat(Math.min(length, 30_000));
                    default -> FuzzPlan.pick(random, TEXTS);
                }
                + "\"";
    }

    /** With its quotes. */
    static String surrogate(Random random) {
        return "\"" + FuzzPlan.pick(random, SURROGATES) + "\"";
    }

    static String pattern(Random random) {
        return random.nextInt(4) == 0 ? grown(random, 4) : FuzzPlan.pick(random, PATTERNS);
    }

    /** A pattern that nobody has thought of. */
    private static String grown(Random random, int depth) {
        if (depth == 0) {
            return FuzzPlan.pick(random, "a", ".", "\\d", "[a-z]", "\\p{L}", "(?i:k)", "x", "^", "$", "\\b");
        }
        String inner = grown(random, depth - 1);
        return switch (random.nextInt(6)) {
            case 0 -> "(" + inner + ")*";
            case 1 -> "(?:" + inner + "){" + random.nextInt(20) + "}";
            case 2 -> "(" + inner + "|" + grown(random, depth - 1) + ")";
            case 3 -> "(" + inner + "){0," + random.nextInt(1000) + "}";
            case 4 -> inner + grown(random, depth - 1);
            default -> "(" + inner + ")+?";
        };
    }

    static int length(Random random) {
        return FuzzPlan.pick(random, LENGTHS);
    }
}
