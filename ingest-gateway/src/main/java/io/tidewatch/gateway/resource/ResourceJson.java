package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The fields that all resources share, and the limits that the API puts on them. */
final class ResourceJson {
    static final String ID = "id";
    static final String ENTITY_ID = "entity_id";
    static final String CREATED_AT = "created_at";
    static final String UPDATED_AT = "updated_at";

    /** What is odd about a resource, as {@link ResourceKind#warnings} says. */
    static final String WARNINGS = "warnings";

    static final String ACTIVE_SUPPRESSIONS = "active_suppressions";
    static final String SCHEDULED_SUPPRESSIONS = "scheduled_suppressions";
    private static final String CONFD_NAME = "confd_name";
    private static final String CONFD_HASH = "confd_hash";

    /** What the gateway alone decides. */
    static final Set<String> READ_ONLY = Set.of(
            ID,
            ENTITY_ID,
            CREATED_AT,
            UPDATED_AT,
            WARNINGS,
            ACTIVE_SUPPRESSIONS,
            SCHEDULED_SUPPRESSIONS,
            CONFD_NAME,
            CONFD_HASH);

    static final int MAX_LABEL_CHARS = 255;
    private static final int MAX_METADATA_PAIRS = 256;
    private static final int MAX_METADATA_CHARS = 255;

    private ResourceJson() {}

    static @Nullable String label(JsonFields fields) {
        return fields.text("label", 1, MAX_LABEL_CHARS).orElse(null);
    }

    static Map<String, String> metadata(JsonFields fields) {
        return fields.texts("metadata", MAX_METADATA_PAIRS, MAX_METADATA_CHARS, MAX_METADATA_CHARS);
    }

    static ObjectNode start(String id) {
        return Json.MAPPER.createObjectNode().put(ID, id);
    }

    /**
     * The names that an agent's own configuration gives to the checks and alarms which it declares. Nothing here was declared by
     * one, and only that may set them.
     */
    static void writeConfd(ObjectNode node) {
        node.putNull(CONFD_NAME).putNull(CONFD_HASH);
    }

    /** The lists that {@link Suppressions} fills; clients fail without them. */
    static void writeSuppressions(ObjectNode node) {
        node.putArray(ACTIVE_SUPPRESSIONS);
        node.putArray(SCHEDULED_SUPPRESSIONS);
    }

    static ObjectNode finish(ObjectNode node, Map<String, String> metadata, Instant createdAt, Instant updatedAt) {
        node.set("metadata", Json.MAPPER.valueToTree(metadata));
        return finish(node, createdAt, updatedAt);
    }

    /** As {@link #finish(ObjectNode, Map, Instant, Instant)}, for a kind without metadata. */
    static ObjectNode finish(ObjectNode node, Instant createdAt, Instant updatedAt) {
        return node.put(CREATED_AT, createdAt.toEpochMilli()).put(UPDATED_AT, updatedAt.toEpochMilli());
    }
}
