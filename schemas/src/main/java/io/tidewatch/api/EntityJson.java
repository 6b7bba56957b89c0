package io.tidewatch.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.schema.Entity;

/** Entities as the API shows them. */
public final class EntityJson {
    private EntityJson() {}

    public static ObjectNode of(Entity entity) {
        ObjectNode node = ResourceJson.start(entity.getEntityId())
                .put("label", entity.getLabel())
                .put("agent_id", entity.getAgentId())
                .put("uri", entity.getUri())
                .put("managed", entity.getManaged());
        node.set("ip_addresses", ResourceJson.MAPPER.valueToTree(entity.getIpAddresses()));
        ResourceJson.writeSuppressions(node);
        node.set(ResourceJson.DEPENDS_ON, ResourceJson.MAPPER.valueToTree(entity.getDependsOn()));
        return ResourceJson.finish(node, entity.getMetadata(), entity.getCreatedAt(), entity.getUpdatedAt());
    }
}
