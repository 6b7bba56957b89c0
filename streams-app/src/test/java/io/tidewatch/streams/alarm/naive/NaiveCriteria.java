package io.tidewatch.streams.alarm.naive;

import io.tidewatch.schema.State;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What one observation makes of a script: topology-docs/alarm-language.md, "From a result to a state". */
final class NaiveCriteria {
    private final Script script;
    private final List<Integer> lines;
    private final Observation now;
    private final List<Remembered> earlier;

    /**
     * An earlier observation of the same zone.
     *
     * @param kept what functions of any alarm asked for when it came: values older than it are known for these only
     */
    record Remembered(Observation observation, Set<String> kept) {}

    record Verdict(State state, String status) {}

    /**
     * @param earlier of the same zone, the oldest first
     */
    NaiveCriteria(Script script, List<Integer> lines, Observation now, List<Remembered> earlier) {
        this.script = script;
        this.lines = lines;
        this.now = now;
        this.earlier = earlier;
    }

    Verdict verdict() {
        Verdict full = fullVerdict();
        return new Verdict(full.state(), cut(full.status()));
    }

    private Verdict fullVerdict() {
        if (!now.available()) {
            return critical(now.status().isEmpty() ? "check unavailable" : now.status());
        }
        for (String metric : script.mentioned()) {
            if (!now.metrics().containsKey(metric)) {
                return critical("metric \"" + metric + "\" is not available");
            }
        }
        for (Script.Comparison comparison : script.comparisons().toList()) {
            Optional<Verdict> wrongType = wrongType(comparison, comparison.left(), comparison.right())
                    .or(() -> wrongType(comparison, comparison.right(), comparison.left()));
            if (wrongType.isPresent()) {
                return wrongType.get();
            }
        }
        for (int i = 0; i < script.blocks().size(); i++) {
            if (script.blocks().get(i).anyOf().stream()
                    .anyMatch(allOf -> allOf.stream().allMatch(this::holds))) {
                return returned(script.blocks().get(i).then(), lines.get(i));
            }
        }
        if (!script.endings().isEmpty()) {
            return returned(script.endings().get(0), lines.get(script.blocks().size()));
        }
        return script.blocks().isEmpty()
                ? new Verdict(State.OK, now.status())
                : new Verdict(State.OK, "Matched default return statement");
    }

    private Optional<Verdict> wrongType(Script.Comparison comparison, Script.Operand side, Script.Operand other) {
        boolean wantsText = other instanceof Script.Text || other instanceof Script.Regex;
        boolean wantsNumber = Script.isComputed(side) || comparison.isOrder() || other instanceof Script.Numeral;
        for (Script.Metric metric : Script.metricsOf(side)) {
            String name = script.fullName(metric);
            boolean number = now.metrics().get(name) instanceof Number;
            if (wantsNumber && !number) {
                return Optional.of(
                        critical("metric \"" + name + "\" is not numeric, but comparing it with a numeric value"));
            }
            if (!wantsNumber && wantsText && number) {
                return Optional.of(
                        critical("metric \"" + name + "\" is not string, but comparing it with a string value"));
            }
        }
        return Optional.empty();
    }

    private boolean holds(Script.Comparison comparison) {
        Optional<Object> left = value(comparison.left());
        if (left.isEmpty()) {
            return false;
        }
        if (comparison.right() instanceof Script.Regex regex) {
            boolean matches = Pattern.matches(regex.pattern(), left.get().toString());
            return !(left.get() instanceof Number)
                    && matches == comparison.operator().equals("regex");
        }
        if (comparison.right() instanceof Script.Text text) {
            boolean equal = left.get().toString().equals(text.value());
            return !(left.get() instanceof Number)
                    && equal == comparison.operator().equals("==");
        }
        Optional<Object> right = value(comparison.right());
        if (right.isEmpty()) {
            return false;
        }
        if (left.get() instanceof Number && right.get() instanceof Number) {
            return numbersCompare(left.get(), comparison.operator(), right.get());
        }
        boolean needsNumbers = comparison.isOrder()
                || Script.isComputed(comparison.left())
                || Script.isComputed(comparison.right())
                || comparison.right() instanceof Script.Numeral;
        return !needsNumbers
                && canonical(left.get()).equals(canonical(right.get()))
                        == comparison.operator().equals("==");
    }

    private static boolean numbersCompare(Object left, String operator, Object right) {
        if (left instanceof Long l && right instanceof Long r) {
            BigInteger exactLeft = BigInteger.valueOf(l);
            return ordered(exactLeft.compareTo(BigInteger.valueOf(r)), operator);
        }
        double l = ((Number) left).doubleValue();
        double r = ((Number) right).doubleValue();
        if (Double.isNaN(l) || Double.isNaN(r)) {
            return false;
        }
        return ordered(l < r ? -1 : l > r ? 1 : 0, operator);
    }

    private static boolean ordered(int order, String operator) {
        return switch (operator) {
            case "==" -> order == 0;
            case "!=" -> order != 0;
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            case ">=" -> order >= 0;
            default -> throw new IllegalArgumentException(operator);
        };
    }

    private Optional<Object> value(Script.Operand operand) {
        if (operand instanceof Script.Numeral number) {
            return Optional.of(number.value());
        }
        if (operand instanceof Script.Metric metric) {
            return Optional.ofNullable(now.metrics().get(script.fullName(metric)));
        }
        if (operand instanceof Script.Previous previous) {
            String name = script.fullName(previous.metric());
            return lastWith(name).map(observation -> observation.metrics().get(name));
        }
        if (operand instanceof Script.Rate rate) {
            return rate(script.fullName(rate.metric()));
        }
        if (operand instanceof Script.Percentage percentage) {
            return percentage(percentage);
        }
        throw new IllegalArgumentException("No value: " + operand);
    }

    private Optional<Object> rate(String metric) {
        Optional<Observation> before = lastWith(metric);
        if (before.isEmpty()
                || !(now.metrics().get(metric) instanceof Number v1)
                || !(before.get().metrics().get(metric) instanceof Number v0)) {
            return Optional.empty();
        }
        double change = v1 instanceof Long && v0 instanceof Long
                ? BigInteger.valueOf(v1.longValue())
                        .subtract(BigInteger.valueOf(v0.longValue()))
                        .doubleValue()
                : v1.doubleValue() - v0.doubleValue();
        return Optional.of(change / ((now.atMs() - before.get().atMs()) / 1000.0));
    }

    private Optional<Object> percentage(Script.Percentage percentage) {
        double a = ((Number) value(percentage.part()).orElseThrow()).doubleValue();
        double b = ((Number) value(percentage.whole()).orElseThrow()).doubleValue();
        return b == 0 ? Optional.empty() : Optional.of(100.0 * a / b);
    }

    private Optional<Observation> lastWith(String metric) {
        for (int i = earlier.size() - 1; i >= 0; i--) {
            Observation observation = earlier.get(i).observation();
            if (observation.available() && observation.metrics().containsKey(metric)) {
                return Optional.of(observation);
            }
            if (!earlier.get(i).kept().contains(metric)) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    private Verdict returned(Script.Return returned, int line) {
        String message = returned.message().map(this::fillIn).orElse("Matched return statement on line " + line);
        return new Verdict(State.valueOf(returned.state()), message);
    }

    private String fillIn(String message) {
        StringBuilder filled = new StringBuilder();
        int at = 0;
        while (at < message.length()) {
            int start = at;
            Optional<String> name = now.metrics().keySet().stream()
                    .filter(metric -> message.startsWith("#{" + metric + "}", start))
                    .findFirst();
            filled.append(
                    name.map(metric -> canonical(now.metrics().get(metric))).orElse(message.substring(at, at + 1)));
            at += name.map(metric -> metric.length() + 3).orElse(1);
        }
        return filled.toString();
    }

    private static String canonical(Object value) {
        if (!(value instanceof Double number) || number.isNaN() || number.isInfinite()) {
            return value.toString();
        }
        BigDecimal exact = new BigDecimal(number.toString());
        return exact.signum() == 0 ? "0" : exact.stripTrailingZeros().toPlainString();
    }

    private static String cut(String status) {
        String cut = status.substring(0, Math.min(128, status.length()));
        boolean halfACharacter = cut.length() < status.length() && Character.isHighSurrogate(cut.charAt(127));
        return halfACharacter ? cut.substring(0, 127) : cut;
    }

    private static Verdict critical(String status) {
        return new Verdict(State.CRITICAL, status);
    }
}
