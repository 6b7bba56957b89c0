package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.channels.ChannelType;
import io.tidewatch.channels.ChannelTypes;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Notifications: ways to tell somebody. One that a plan names, or that is the fallback of another, can't be deleted. */
public final class NotificationKind implements ResourceKind<Notification> {
    private static final String TYPE = "type";
    private static final String FALLBACK = "fallback";
    private static final Set<String> FIELDS = Set.of("label", TYPE, "details", FALLBACK, "metadata");
    private static final int MAX_ID_CHARS = 255;
    private static final int MAX_TYPE_CHARS = 64;

    private final ChannelTypes types;
    private final NotificationSecrets secrets;
    private final int maxPerTenant;

    /**
     * @param types the types that a notification may have
     * @param box seals the secrets of details; empty when there is no key
     */
    public NotificationKind(ChannelTypes types, Optional<SecretBox> box, int maxPerTenant) {
        this.types = types;
        this.secrets = new NotificationSecrets(box);
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Notification";
    }

    @Override
    public String idPrefix() {
        return "nt";
    }

    @Override
    public String collection() {
        return "notifications";
    }

    @Override
    public Topic topic() {
        return Topic.NOTIFICATIONS;
    }

    @Override
    public Class<Notification> recordClass() {
        return Notification.class;
    }

    @Override
    public ResourcePath path(Notification notification) {
        return ResourcePath.of(notification.getTenantId(), notification.getNotificationId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Set<String> setAtCreation() {
        return Set.of(TYPE);
    }

    @Override
    public Notification read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        ChannelType type = type(fields);
        String label = fields.requiredText("label", 1, ResourceFields.MAX_LABEL_CHARS);
        Optional<Notification> before = view.table(Notification.class).get(path);
        NotificationSecrets.Parted parted = DetailsJson.read(fields, given -> secrets.part(path, type, given, before));
        return Notification.newBuilder()
                .setTenantId(path.tenantId())
                .setNotificationId(path.id())
                .setType(type.id())
                .setLabel(label)
                .setDetails(parted.details())
                .setSecrets(parted.sealed())
                .setFallback(fields.text(FALLBACK, 1, MAX_ID_CHARS).orElse(null))
                .setMetadata(ResourceFields.metadata(fields))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public void require(Notification notification, ConfigurationView view) {
        String tenantId = notification.getTenantId();
        Set<String> passed = new LinkedHashSet<>(Set.of(notification.getNotificationId()));
        String next = notification.getFallback();
        while (next != null) {
            if (!passed.add(next)) {
                throw Fault.badField(
                        FALLBACK,
                        "would be a circle, " + String.join(" to ", passed) + " to " + next
                                + "; a fallback must not lead back to where it began");
            }
            String id = next;
            next = find(ResourcePath.of(tenantId, id), view)
                    .orElseThrow(() -> Fault.missing(FALLBACK, "there is no notification " + id))
                    .getFallback();
        }
    }

    @Override
    public void requireUnnamed(Notification notification, ConfigurationView view) {
        String id = notification.getNotificationId();
        List<String> plans =
                view.table(NotificationPlan.class).under(ResourcePath.of(notification.getTenantId())).stream()
                        .filter(plan -> NotificationPlanKind.names(plan, id))
                        .map(NotificationPlan::getNotificationPlanId)
                        .toList();
        if (!plans.isEmpty()) {
            throw Fault.childrenExist(noun(), id, "plans", plans);
        }
        List<String> others = view.table(Notification.class).under(ResourcePath.of(notification.getTenantId())).stream()
                .filter(other -> id.equals(other.getFallback()))
                .map(Notification::getNotificationId)
                .toList();
        if (!others.isEmpty()) {
            throw Fault.childrenExist(noun(), id, "notifications", others);
        }
    }

    @Override
    public List<Notification> builtIn(String tenantId) {
        return BuiltIns.notifications(tenantId);
    }

    /** The details have hints in the place of secrets. */
    @Override
    public ObjectNode write(Notification notification) {
        ObjectNode node = ResourceJson.start(notification.getNotificationId())
                .put("label", notification.getLabel())
                .put(TYPE, notification.getType());
        node.set("details", Json.MAPPER.valueToTree(notification.getDetails()));
        if (notification.getFallback() != null) {
            node.put(FALLBACK, notification.getFallback());
        }
        return ResourceJson.finish(
                node, notification.getMetadata(), notification.getCreatedAt(), notification.getUpdatedAt());
    }

    private ChannelType type(JsonFields fields) {
        String id = fields.requiredText(TYPE, 1, MAX_TYPE_CHARS);
        return types.find(id).orElseThrow(() -> fields.bad(TYPE, types.absence(id)));
    }
}
