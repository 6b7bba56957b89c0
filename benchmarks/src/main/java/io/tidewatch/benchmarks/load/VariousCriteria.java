package io.tidewatch.benchmarks.load;

import java.util.Locale;

/**
 * Criteria as they differ among customers: {@value #SHAPES} shapes, each alarm with a threshold of its own. All judge an
 * observation of the {@link Fleet} alike: its long duration is critical, its short one fine. Pure.
 */
public final class VariousCriteria {
    public static final int SHAPES = 20;

    private static final int LOWEST_THRESHOLD = 500;
    private static final double THRESHOLD_STEP = 0.01;
    private static final int MOST_WARNINGS = 5;

    private VariousCriteria() {}

    static String of(int alarm) {
        int shape = alarm % SHAPES;
        String operator = shape % 2 == 0 ? ">" : ">=";
        String and = shape / 2 % 2 == 0 ? "" : " && metric[\"code\"] regex \"[1-5]..\"";
        String threshold = String.format(Locale.ROOT, "%.2f", LOWEST_THRESHOLD + alarm % 100_000 * THRESHOLD_STEP);
        return """
                if (metric["duration"] %s %s%s) { return new AlarmStatus(CRITICAL, "slow: #{duration} ms"); }
                %sreturn new AlarmStatus(OK, "#{duration} ms");
                """.formatted(operator, threshold, and, warnings(shape / 4, alarm));
    }

    /** None of them ever holds. */
    private static String warnings(int count, int alarm) {
        StringBuilder warnings = new StringBuilder();
        for (int i = 0; i < count % MOST_WARNINGS; i++) {
            warnings.append("if (metric[\"bytes\"] < %d) { return new AlarmStatus(WARNING, \"only #{bytes}\"); }\n"
                    .formatted(-alarm - i));
        }
        return warnings.toString();
    }
}
