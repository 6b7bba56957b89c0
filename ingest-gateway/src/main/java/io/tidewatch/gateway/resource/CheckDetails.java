package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.field.InvalidDetailsException;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A check's {@code details}, from JSON to what is stored. What they may say, the check's type declares. */
final class CheckDetails {
    private static final String FIELD = "details";
    private static final int MAX_PAIRS = 256;

    private CheckDetails() {}

    /**
     * Reads the field {@code details}.
     *
     * @return the values of the Avro field
     */
    static Map<String, Object> read(CheckType type, JsonFields check) {
        Map<String, Object> given =
                check.object(FIELD, MAX_PAIRS).map(CheckDetails::values).orElseGet(Map::of);
        try {
            return type.stored(given);
        } catch (InvalidDetailsException e) {
            throw Fault.badField(FIELD + "." + e.field(), e.reason());
        }
    }

    /** A member that is null counts as absent. */
    private static Map<String, Object> values(ObjectNode object) {
        Map<String, Object> values = new LinkedHashMap<>();
        object.properties()
                .forEach(member -> value(member.getValue()).ifPresent(value -> values.put(member.getKey(), value)));
        return values;
    }

    private static List<Object> values(JsonNode list) {
        List<Object> values = new ArrayList<>();
        list.forEach(item -> values.add(value(item).orElse("")));
        return values;
    }

    /** As Avro's Java classes have it; a number that does not fit them stays as it is, for the declaration to refuse. */
    private static Optional<Object> value(JsonNode node) {
        return switch (node.getNodeType()) {
            case OBJECT -> Optional.of(values((ObjectNode) node));
            case ARRAY -> Optional.of(values(node));
            case BOOLEAN -> Optional.of(node.booleanValue());
            case STRING -> Optional.of(node.textValue());
            case NUMBER -> Optional.of(number(node));
            case NULL, MISSING, BINARY, POJO -> Optional.empty();
        };
    }

    /** A decimal beyond a double, such as 1e400, has been read as infinite: nothing is left of it to show or to refuse later. */
    private static Number number(JsonNode node) {
        if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
            throw Fault.badField(FIELD, "has a number that is too large for 64 bits");
        } else if (node.isIntegralNumber() && node.canConvertToLong()) {
            return node.longValue();
        }
        return Double.isFinite(node.doubleValue()) ? node.doubleValue() : node.decimalValue();
    }
}
