package io.tidewatch.checks.field;

import java.util.Map;
import java.util.regex.Pattern;

/** A whole number in a range. */
record IntegerForm(int min, int max) implements Form<Integer> {
    /** Source: the check type reference of Rackspace Cloud Monitoring's manual: "may be zero padded". */
    private static final Pattern DIGITS = Pattern.compile("[-+]?[0-9]{1,18}");

    @Override
    public FieldKind kind() {
        return FieldKind.INTEGER;
    }

    @Override
    public String accepted() {
        return "an integer from " + min + " to " + max;
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of("minimum", min, "maximum", max);
    }

    @Override
    public Integer read(String field, Object given) {
        long number = number(field, given);
        if (number < min || number > max) {
            throw new InvalidDetailsException(field, "is " + number + ", but has to be from " + min + " to " + max);
        }
        return (int) number;
    }

    @Override
    public Object stored(String field, Object given) {
        return read(field, given).longValue();
    }

    private long number(String field, Object given) {
        if (given instanceof Long number) {
            return number;
        }
        if (given instanceof String text && DIGITS.matcher(text).matches()) {
            return Long.parseLong(text);
        }
        throw new InvalidDetailsException(field, "has to be " + accepted());
    }
}
