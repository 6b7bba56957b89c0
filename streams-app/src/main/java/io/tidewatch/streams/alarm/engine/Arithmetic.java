package io.tidewatch.streams.alarm.engine;

import com.espertech.esper.common.client.configuration.compiler.ConfigurationCompiler;
import com.espertech.esper.common.client.configuration.compiler.ConfigurationCompilerPlugInSingleRowFunction;
import io.tidewatch.criteria.CanonicalForm;
import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * Comparing and computing with the values of metrics, as section 2 of the alarm language has it: functions of the EPL that
 * {@link CriteriaShape} writes. A value that is undefined is null; EPL makes a comparison with null not hold. Pure.
 *
 * <p>Public, because Esper's generated classes call it; nobody else does.
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** Makes {@code compare}, {@code same}, {@code percentage} and {@code textOf} functions of EPL. */
    static void declare(ConfigurationCompiler compiler) {
        declare(compiler, "compare");
        declare(compiler, "same");
        declare(compiler, "percentage");
        declare(compiler, "textOf");
    }

    /** Esper would log what such a function throws, and go on as if it had returned null. */
    private static void declare(ConfigurationCompiler compiler, String function) {
        compiler.addPlugInSingleRowFunction(
                function,
                Arithmetic.class.getName(),
                function,
                ConfigurationCompilerPlugInSingleRowFunction.ValueCache.DISABLED,
                ConfigurationCompilerPlugInSingleRowFunction.FilterOptimizable.DISABLED,
                true);
    }

    /** The order of two numbers: integers exactly, anything else as doubles; null when one is undefined or no number. */
    public static @Nullable Integer compare(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Long leftInteger && right instanceof Long rightInteger) {
            return Long.compare(leftInteger, rightInteger);
        }
        Double leftNumber = number(left);
        Double rightNumber = number(right);
        if (leftNumber == null || rightNumber == null) {
            return null;
        }
        return leftNumber < rightNumber ? -1 : leftNumber > rightNumber ? 1 : 0;
    }

    /** Whether two metrics are equal: as numbers if both are, else in canonical form; null when one is undefined. */
    public static @Nullable Boolean same(@Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Number && right instanceof Number) {
            Integer order = compare(left, right);
            return order == null ? null : (Boolean) (order == 0);
        }
        return CanonicalForm.of(left).equals(CanonicalForm.of(right));
    }

    /** How many hundredths of the whole the part is; null when one is undefined or no number, or the whole is 0. */
    public static @Nullable Double percentage(@Nullable Object part, @Nullable Object whole) {
        Double partNumber = number(part);
        Double wholeNumber = number(whole);
        return partNumber == null || wholeNumber == null || wholeNumber == 0
                ? null
                : (Double) (100.0 * partNumber / wholeNumber);
    }

    /** The value as text; null when it is undefined, or a number. */
    public static @Nullable String textOf(@Nullable Object value) {
        return value instanceof String || value instanceof Boolean ? value.toString() : null;
    }

    /** By how much a number has grown; null when one of the two is undefined or no number. */
    static @Nullable Double change(@Nullable Object now, @Nullable Object then) {
        if (now instanceof Long nowInteger && then instanceof Long thenInteger) {
            return difference(nowInteger, thenInteger);
        }
        Double nowNumber = number(now);
        Double thenNumber = number(then);
        return nowNumber == null || thenNumber == null ? null : (Double) (nowNumber - thenNumber);
    }

    /** Exact where doubles are not: a large counter grows by little. */
    private static double difference(long now, long then) {
        long difference = now - then;
        boolean overflows = ((now ^ then) & (now ^ difference)) < 0;
        return overflows
                ? BigInteger.valueOf(now).subtract(BigInteger.valueOf(then)).doubleValue()
                : difference;
    }

    /** The value as a double; null when it is undefined, no number, or not a number (NaN). */
    private static @Nullable Double number(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return null;
        }
        double converted = number.doubleValue();
        return Double.isNaN(converted) ? null : (Double) converted;
    }
}
