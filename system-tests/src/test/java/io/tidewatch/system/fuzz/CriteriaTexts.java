package io.tidewatch.system.fuzz;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Texts for an alarm's criteria: of new shapes, with odd patterns, broken, and as large as they may be. */
final class CriteriaTexts {
    private static final List<String> NUMERIC = List.of("<", "<=", ">", ">=", "==", "!=");

    private CriteriaTexts() {}

    static String odd(Random random) {
        return switch (random.nextInt(8)) {
            case 0, 1, 2 ->
                "if (metric['text'] " + FuzzPlan.pick(random, "regex", "nregex") + " '"
                        + OddValues.pattern(random).replace("\\", "\\\\").replace("'", "\\'")
                        + "') { return WARNING } return OK";
            case 3 -> ofNewShape(random);
            case 4 -> "/*".repeat(FuzzPlan.pick(random, 10, 1000, 8000)) + " return OK";
            case 5 -> "return OK, '" + "#{text}".repeat(FuzzPlan.pick(random, 1, 100, 2300)) + "'";
            case 6 -> broken(random);
            default ->
                "if (metric['n'] > " + "9".repeat(FuzzPlan.pick(random, 20, 1000, 16_000)) + ") { return WARNING }";
        };
    }

    /** Good ones that hardly ever have the same form twice, whatever their literals. */
    static String ofNewShape(Random random) {
        String blocks = IntStream.range(0, 1 + random.nextInt(9))
                .mapToObj(block -> "if ("
                        + IntStream.range(0, 1 + random.nextInt(5))
                                .mapToObj(term -> term(random))
                                .collect(Collectors.joining(random.nextBoolean() ? " && " : " || "))
                        + ") { return " + FuzzPlan.pick(random, "OK", "WARNING", "CRITICAL") + " }")
                .collect(Collectors.joining("\n"));
        return ":set consecutiveCount=" + (1 + random.nextInt(5)) + "\n" + blocks + "\nreturn OK";
    }

    private static String term(Random random) {
        String name = "metric['n" + random.nextInt(3) + "']";
        return switch (random.nextInt(4)) {
            case 0 -> "rate(" + name + ") " + FuzzPlan.pick(random, NUMERIC) + " 1";
            case 1 -> "previous(" + name + ") " + FuzzPlan.pick(random, NUMERIC) + " " + name;
            case 2 -> "percentage(" + name + ", 7) " + FuzzPlan.pick(random, NUMERIC) + " 1";
            default -> name + " " + FuzzPlan.pick(random, NUMERIC) + " " + random.nextInt(9);
        };
    }

    private static String broken(Random random) {
        String good = ofNewShape(random);
        int at = random.nextInt(good.length());
        return good.substring(0, at)
                + FuzzPlan.pick(random, "", "\u0000", "'", "\\u", "\r", "(", "}", "/*", "#", "😀", "metric['", "\u2028")
                + good.substring(Math.min(good.length(), at + random.nextInt(3)));
    }
}
