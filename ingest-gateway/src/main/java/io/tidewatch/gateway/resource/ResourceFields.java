package io.tidewatch.gateway.resource;

import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.http.JsonFields;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What requests may say in the fields that all resources share, and the limits that the API puts on them. */
public final class ResourceFields {
    /** What is odd about a resource, as {@link ResourceKind#warnings} says. */
    static final String WARNINGS = "warnings";

    /** What the gateway alone decides. */
    static final Set<String> READ_ONLY = Set.of(
            ResourceJson.ID,
            ResourceJson.ENTITY_ID,
            ResourceJson.CREATED_AT,
            ResourceJson.UPDATED_AT,
            WARNINGS,
            ResourceJson.ACTIVE_SUPPRESSIONS,
            ResourceJson.SCHEDULED_SUPPRESSIONS,
            ResourceJson.CONFD_NAME,
            ResourceJson.CONFD_HASH);

    static final int MAX_LABEL_CHARS = 255;
    private static final int MAX_METADATA_PAIRS = 256;
    private static final int MAX_METADATA_CHARS = 255;

    private ResourceFields() {}

    public static @Nullable String label(JsonFields fields) {
        return fields.text("label", 1, MAX_LABEL_CHARS).orElse(null);
    }

    static Map<String, String> metadata(JsonFields fields) {
        return fields.texts("metadata", MAX_METADATA_PAIRS, MAX_METADATA_CHARS, MAX_METADATA_CHARS);
    }
}
