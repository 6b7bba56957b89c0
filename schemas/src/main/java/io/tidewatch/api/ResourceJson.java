package io.tidewatch.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Map;

/** The fields that resources have in common. */
public final class ResourceJson {
    public static final String ID = "id";
    public static final String ENTITY_ID = "entity_id";
    public static final String CREATED_AT = "created_at";
    public static final String UPDATED_AT = "updated_at";
    public static final String ACTIVE_SUPPRESSIONS = "active_suppressions";
    public static final String SCHEDULED_SUPPRESSIONS = "scheduled_suppressions";
    public static final String DEPENDS_ON = "depends_on";
    public static final String CONFD_NAME = "confd_name";
    public static final String CONFD_HASH = "confd_hash";

    static final ObjectMapper MAPPER = new ObjectMapper();

    private ResourceJson() {}

    /** The beginning of every resource. */
    public static ObjectNode start(String id) {
        return MAPPER.createObjectNode().put(ID, id);
    }

    /** The end of those with notes of their owners. */
    public static ObjectNode finish(
            ObjectNode node, Map<String, String> metadata, Instant createdAt, Instant updatedAt) {
        node.set("metadata", MAPPER.valueToTree(metadata));
        return finish(node, createdAt, updatedAt);
    }

    /** The end of every resource. */
    public static ObjectNode finish(ObjectNode node, Instant createdAt, Instant updatedAt) {
        return node.put(CREATED_AT, createdAt.toEpochMilli()).put(UPDATED_AT, updatedAt.toEpochMilli());
    }

    /**
     * The names that an agent's own configuration gives to the checks and alarms which it declares. Nothing here was declared by
     * one, and only that may set them.
     */
    static void writeConfd(ObjectNode node) {
        node.putNull(CONFD_NAME).putNull(CONFD_HASH);
    }

    /** Empty lists, for whoever knows suppressions; clients fail without them. */
    static void writeSuppressions(ObjectNode node) {
        node.putArray(ACTIVE_SUPPRESSIONS);
        node.putArray(SCHEDULED_SUPPRESSIONS);
    }
}
