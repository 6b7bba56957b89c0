package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.TextChange;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/** A toy: notes on entities. It shows what a new kind of resource takes, which is this class and a line in the list of kinds. */
public final class NoteKind implements ResourceKind<TextChange> {
    /** The toy has no topic of its own, and borrows one that the gateway does not use otherwise. */
    @Override
    public Topic topic() {
        return Topic.TEXT_CHANGES;
    }

    @Override
    public Class<TextChange> recordClass() {
        return TextChange.class;
    }

    @Override
    public ResourcePath path(TextChange note) {
        return ResourcePath.of(note.getTenantId(), note.getEntityId(), note.getCheckId());
    }

    @Override
    public String noun() {
        return "Note";
    }

    @Override
    public String idPrefix() {
        return "no";
    }

    @Override
    public String collection() {
        return "notes";
    }

    @Override
    public boolean isOfEntity() {
        return true;
    }

    @Override
    public int maxPerTenant() {
        return 3;
    }

    @Override
    public TextChange read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", Set.of("subject", "text", "metadata"));
        return TextChange.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.id())
                .setMetric(fields.text("subject", 1, 20).orElse("none"))
                .setValue(fields.requiredText("text", 1, 100))
                .setTimestamp(createdAt)
                .build();
    }

    @Override
    public ObjectNode write(TextChange note) {
        ObjectNode node = ResourceJson.start(note.getCheckId())
                .put("subject", note.getMetric())
                .put("text", note.getValue());
        return ResourceJson.finish(node, Map.of(), note.getTimestamp(), note.getTimestamp());
    }
}
