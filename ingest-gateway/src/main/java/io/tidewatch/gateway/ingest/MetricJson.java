package io.tidewatch.gateway.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.schema.Metric;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Metrics as producers send them: {@code name: 12}, or {@code name: {"value": 12, "unit": "ms"}}, where {@code data} may
 * stand for {@code value}, and {@code type} be a Rackspace type code that makes a number of a string.
 */
final class MetricJson {

    /** Judged before its value is: a 64-bit integer has 20 characters, and some write zeros in front. */
    private static final int MAX_INTEGER_CHARS = 64;

    private static final Set<String> FIELDS = Set.of("value", "data", "unit", "type");
    private static final Set<String> INTEGER_TYPES = Set.of("i", "I", "l", "L", "int32", "uint32", "int64", "uint64");
    private static final Set<String> DECIMAL_TYPES = Set.of("n", "double");
    private static final Set<String> TEXT_TYPES = Set.of("s", "string");

    private MetricJson() {}

    /**
     * Reads the field {@code metrics}.
     *
     * @param path the result's own path, in front of the field's
     */
    static Map<String, Metric> read(JsonFields result, String path) {
        Map<String, Metric> metrics = new LinkedHashMap<>();
        result.pairs("metrics", ResultBounds.MAX_METRICS, ResultBounds.MAX_METRIC_NAME_CHARS)
                .forEach((name, node) -> metrics.put(name, metric(path + "metrics." + name, node)));
        return metrics;
    }

    private static Metric metric(String path, JsonNode node) {
        if (!(node instanceof ObjectNode object)) {
            return new Metric(plain(path, node), null);
        }
        JsonFields fields = new JsonFields(object, path + ".", FIELDS);
        if (fields.has("value") == fields.has("data")) {
            throw fields.bad("value", "either this or data is required, and not both");
        }
        String name = fields.has("value") ? "value" : "data";
        JsonNode value = object.get(name);
        return new Metric(
                fields.has("type") ? typed(fields, name, value) : plain(path + "." + name, value),
                fields.text("unit", 1, ResultBounds.MAX_UNIT_CHARS).orElse(null));
    }

    private static Object plain(String path, JsonNode node) {
        if (node.isBoolean()) {
            return node.booleanValue();
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        } else if (node.isFloatingPointNumber() && Double.isFinite(node.doubleValue())) {
            return node.doubleValue();
        } else if (node.isTextual() && node.textValue().length() <= ResultBounds.MAX_TEXT_CHARS) {
            return node.textValue();
        }
        throw Fault.badField(
                path,
                "has to be true, false, a 64-bit integer, a finite number, or a string of at most "
                        + ResultBounds.MAX_TEXT_CHARS + " characters");
    }

    private static Object typed(JsonFields fields, String name, JsonNode value) {
        String type = fields.requiredText("type", 1, ResultBounds.MAX_UNIT_CHARS);
        if (TEXT_TYPES.contains(type)) {
            return fields.requiredText(name, 0, ResultBounds.MAX_TEXT_CHARS);
        } else if (INTEGER_TYPES.contains(type)) {
            return integer(fields, name, value);
        } else if (DECIMAL_TYPES.contains(type)) {
            return decimal(fields, name, value);
        }
        throw fields.bad("type", "has to be one of i, I, l, L, n, s, or int32, uint32, int64, uint64, double, string");
    }

    private static Object integer(JsonFields fields, String name, JsonNode value) {
        try {
            return new BigInteger(number(value, MAX_INTEGER_CHARS)).longValueExact();
        } catch (ArithmeticException | NumberFormatException e) {
            throw fields.bad(name, "has to be a 64-bit integer of at most " + MAX_INTEGER_CHARS + " characters");
        }
    }

    private static Object decimal(JsonFields fields, String name, JsonNode value) {
        try {
            double number = Double.parseDouble(number(value, Json.MAX_NUMBER_CHARS));
            if (Double.isFinite(number)) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, as of a number that is not finite.
        }
        throw fields.bad(name, "has to be a finite number of at most " + Json.MAX_NUMBER_CHARS + " characters");
    }

    /** Empty, which is no number, for what is none by its type or its length. */
    private static String number(JsonNode value, int maxChars) {
        String text = value.isNumber() || value.isTextual() ? value.asText() : "";
        return text.length() <= maxChars ? text : "";
    }
}
