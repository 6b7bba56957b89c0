package io.tidewatch.checks.field;

import java.util.Map;

/** True or false. */
record FlagForm() implements Form<Boolean> {
    @Override
    public FieldKind kind() {
        return FieldKind.BOOLEAN;
    }

    @Override
    public String accepted() {
        return "true or false";
    }

    @Override
    public Map<String, Object> limits() {
        return Map.of();
    }

    @Override
    public Boolean read(String field, Object given) {
        if (given instanceof Boolean flag) {
            return flag;
        }
        if (given instanceof String text && text.equalsIgnoreCase("true")) {
            return true;
        }
        if (given instanceof String text && text.equalsIgnoreCase("false")) {
            return false;
        }
        throw new InvalidDetailsException(field, "has to be " + accepted());
    }

    @Override
    public Object stored(String field, Object given) {
        return read(field, given);
    }
}
