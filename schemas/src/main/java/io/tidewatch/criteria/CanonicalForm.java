package io.tidewatch.criteria;

import java.math.BigDecimal;

/** The text of a metric's value, for messages and where metrics are compared as text. */
public final class CanonicalForm {
    /** Doubles below this size have no fraction that the conversion to a long could lose, if they are whole. */
    private static final double MAX_WHOLE = 1L << 53;

    private CanonicalForm() {}

    /**
     * A value as text: integers as they are; doubles without exponent and without trailing zeros, or {@code NaN},
     * {@code Infinity} and {@code -Infinity}; strings as they are; booleans as {@code true} and {@code false}.
     *
     * @param value a metric's value: a Long, Double, String or Boolean
     */
    public static String of(Object value) {
        return value instanceof Double number ? of(number.doubleValue()) : value.toString();
    }

    private static String of(double value) {
        if (value == Math.rint(value) && Math.abs(value) <= MAX_WHOLE) {
            return Long.toString((long) value);
        }
        String shortest = Double.toString(value);
        return shortest.indexOf('E') < 0
                ? shortest
                : new BigDecimal(shortest).stripTrailingZeros().toPlainString();
    }
}
