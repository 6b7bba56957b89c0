package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.InvalidDetailsException;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** The {@code details} of a check or of a notification, from JSON to what is stored. What they may say, the type declares. */
final class DetailsJson {
    private static final String FIELD = "details";
    private static final int MAX_PAIRS = 256;

    private DetailsJson() {}

    /**
     * Reads the field {@code details}.
     *
     * @param declaration makes what is stored of values as Avro's Java classes have them
     * @throws Fault naming the value that the declaration refuses
     */
    static <T> T read(JsonFields resource, Function<Map<String, Object>, T> declaration) {
        Map<String, Object> given =
                resource.object(FIELD, MAX_PAIRS).map(DetailsJson::values).orElseGet(Map::of);
        try {
            return declaration.apply(given);
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
