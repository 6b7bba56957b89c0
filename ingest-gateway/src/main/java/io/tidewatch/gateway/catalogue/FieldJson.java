package io.tidewatch.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.checks.field.Field;
import io.tidewatch.gateway.http.Json;
import java.util.List;
import java.util.TreeMap;

/** The declared fields of a type's details, as the API shows them. */
final class FieldJson {
    private FieldJson() {}

    static ArrayNode write(List<Field<?>> fields) {
        ArrayNode json = Json.MAPPER.createArrayNode();
        fields.forEach(field -> json.add(write(field)));
        return json;
    }

    private static ObjectNode write(Field<?> field) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("name", field.name())
                .put("description", field.description())
                .put("optional", !field.isRequired())
                .put("kind", field.form().kind().word())
                .put("accepted", field.form().accepted())
                .put("secret", field.isSecret());
        json.set("default", Json.MAPPER.valueToTree(field.otherwise().orElse(null)));
        json.set("limits", Json.MAPPER.valueToTree(new TreeMap<>(field.form().limits())));
        return json;
    }
}
