package io.tidewatch.gateway.suppression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.pattern.UnfitPatternException;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.suppression.MatchedField;
import io.tidewatch.suppression.Matcher;
import io.tidewatch.suppression.Matchers;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Conditions on alarms in JSON: objects of a field, an operator and a value. */
final class MatcherJson {
    private static final String FIELD = "field";
    private static final String OPERATOR = "op";
    private static final String VALUE = "value";
    private static final Set<String> FIELDS = Set.of(FIELD, OPERATOR, VALUE);

    private static final Map<MatchOperator, String> SIGNS = new EnumMap<>(Map.of(
            MatchOperator.EQUAL, "=",
            MatchOperator.NOT_EQUAL, "!=",
            MatchOperator.MATCHES, "=~",
            MatchOperator.MATCHES_NOT, "!~"));

    /** The name of a field of metadata, with the longest key. */
    static final int MAX_FIELD_CHARS = 300;

    private MatcherJson() {}

    /**
     * A list of matchers; empty when it is not there.
     *
     * @throws io.tidewatch.gateway.http.Fault naming the part that is bad
     */
    static List<AlarmMatcher> read(JsonFields fields, String name) {
        return fields.objects(name, Matchers.MAX, FIELDS).stream()
                .map(MatcherJson::read)
                .toList();
    }

    /** As {@link #read}, of a list that has to be there and to demand what not every alarm is. */
    static List<AlarmMatcher> demanding(JsonFields fields, String name) {
        List<AlarmMatcher> matchers = read(fields, name);
        if (!Matchers.of(matchers).areDemanding()) {
            throw fields.bad(
                    name,
                    "has to have a matcher with = or =~ that not every alarm matches, on another field than state:"
                            + " nothing may hit all alarms");
        }
        return matchers;
    }

    static ArrayNode write(List<AlarmMatcher> matchers) {
        ArrayNode list = Json.MAPPER.createArrayNode();
        matchers.forEach(matcher -> list.addObject()
                .put(FIELD, matcher.getField())
                .put(OPERATOR, SIGNS.get(matcher.getOperator()))
                .put(VALUE, matcher.getValue()));
        return list;
    }

    /** Refuses what is no field of an alarm. */
    static String requireField(JsonFields fields, String path, String field) {
        if (MatchedField.parse(field).isEmpty()) {
            throw fields.bad(path, "has to be one of " + MatchedField.ACCEPTED);
        }
        return field;
    }

    private static AlarmMatcher read(JsonFields fields) {
        String field = requireField(fields, FIELD, fields.requiredText(FIELD, 1, MAX_FIELD_CHARS));
        AlarmMatcher matcher =
                new AlarmMatcher(field, operator(fields), fields.requiredText(VALUE, 0, Matcher.MAX_VALUE_CHARS));
        try {
            Matcher.of(matcher);
        } catch (UnfitPatternException e) {
            throw fields.bad(VALUE, e.objection());
        }
        return matcher;
    }

    private static MatchOperator operator(JsonFields fields) {
        String sign = fields.requiredText(OPERATOR, 1, 2);
        return SIGNS.entrySet().stream()
                .filter(known -> known.getValue().equals(sign))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow(() -> fields.bad(OPERATOR, "has to be one of " + String.join(", ", SIGNS.values())));
    }
}
