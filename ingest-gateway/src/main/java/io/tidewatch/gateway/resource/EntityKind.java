package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.EntityJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Entities: the things that are monitored. Deleting one deletes its alarms, then its checks. */
public final class EntityKind implements ResourceKind<Entity> {
    private static final Set<String> FIELDS =
            Set.of("label", "agent_id", "uri", "managed", "ip_addresses", "metadata", DependsOn.FIELD);
    private static final Pattern AGENT_ID = Pattern.compile("[-.\\w]{1,255}");
    private static final int MAX_AGENT_ID_CHARS = 255;
    private static final int MAX_URI_CHARS = 2048;
    private static final int MAX_ADDRESSES = 64;
    private static final int MAX_ALIAS_CHARS = 64;
    private static final int MAX_ADDRESS_CHARS = 64;

    private final int maxPerTenant;

    public EntityKind(int maxPerTenant) {
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Entity";
    }

    @Override
    public String idPrefix() {
        return "en";
    }

    @Override
    public String collection() {
        return "entities";
    }

    @Override
    public Topic topic() {
        return Topic.ENTITIES;
    }

    @Override
    public Class<Entity> recordClass() {
        return Entity.class;
    }

    @Override
    public ResourcePath path(Entity entity) {
        return ResourcePath.of(entity.getTenantId(), entity.getEntityId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Entity read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        return Entity.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.id())
                .setLabel(fields.requiredText("label", 1, ResourceFields.MAX_LABEL_CHARS))
                .setAgentId(fields.text("agent_id", 1, MAX_AGENT_ID_CHARS)
                        .map(id -> requireAgentId(fields, id))
                        .orElse(null))
                .setUri(fields.text("uri", 1, MAX_URI_CHARS).orElse(null))
                .setManaged(fields.flag("managed").orElse(false))
                .setIpAddresses(addresses(fields))
                .setDependsOn(DependsOn.read(fields))
                .setMetadata(ResourceFields.metadata(fields))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public void require(Entity entity, ConfigurationView view) {
        if (entity.getAgentId() != null) {
            requireOwnAgent(entity, view);
        }
        DependsOn.require(
                entity.getTenantId(),
                entity.getDependsOn(),
                view.table(Entity.class).get(path(entity)).map(Entity::getDependsOn),
                DependsOn.names(entity, view),
                view);
        for (Check check : view.table(Check.class).under(path(entity))) {
            if (check.getTargetAlias() != null && !entity.getIpAddresses().containsKey(check.getTargetAlias())) {
                throw Fault.badField(
                        "ip_addresses",
                        "lacks " + check.getTargetAlias() + ", which is the target of check " + check.getCheckId());
            }
        }
    }

    /** Of one tenant's entities an agent reports for one: its results could not be told apart otherwise. */
    private static void requireOwnAgent(Entity entity, ConfigurationView view) {
        for (Entity other : view.table(Entity.class).under(ResourcePath.of(entity.getTenantId()))) {
            if (entity.getAgentId().equals(other.getAgentId())
                    && !other.getEntityId().equals(entity.getEntityId())) {
                throw Fault.badField("agent_id", "is that of entity " + other.getEntityId() + " already");
            }
        }
    }

    @Override
    public ObjectNode write(Entity entity) {
        return EntityJson.of(entity);
    }

    @Override
    public List<String> namesInSuppressions(Entity entity) {
        return List.of(Suppressions.entity(entity.getEntityId()));
    }

    private static String requireAgentId(JsonFields fields, String id) {
        if (!AGENT_ID.matcher(id).matches()) {
            throw fields.bad("agent_id", "has to be letters, digits, '.', '_' and '-'");
        }
        return id;
    }

    private static Map<String, String> addresses(JsonFields fields) {
        Map<String, String> addresses = fields.texts("ip_addresses", MAX_ADDRESSES, MAX_ALIAS_CHARS, MAX_ADDRESS_CHARS);
        addresses.forEach((alias, address) -> {
            if (!Hosts.isAddress(address)) {
                throw fields.bad("ip_addresses." + alias, "has to be an IPv4 or IPv6 address");
            }
        });
        return addresses;
    }
}
