package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Suppression;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Suppressions: times in which nobody is told of some alarms. Once begun, one only ends earlier or later.
 *
 * <p>Source: the suppressions page of Rackspace Cloud Monitoring's manual.
 */
public final class SuppressionKind implements ResourceKind<Suppression> {
    private static final Set<String> FIELDS = Stream.concat(
                    NamedAlarms.FIELDS.stream(), Stream.of("label", TimeSpan.START_TIME, TimeSpan.END_TIME))
            .collect(Collectors.toUnmodifiableSet());

    private final NotificationPlanKind plans;
    private final int maxPerTenant;

    /**
     * @param plans which plans there are
     */
    public SuppressionKind(NotificationPlanKind plans, int maxPerTenant) {
        this.plans = plans;
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Suppression";
    }

    @Override
    public String idPrefix() {
        return "sp";
    }

    @Override
    public String collection() {
        return "suppressions";
    }

    @Override
    public Topic topic() {
        return Topic.SUPPRESSIONS;
    }

    @Override
    public Class<Suppression> recordClass() {
        return Suppression.class;
    }

    @Override
    public ResourcePath path(Suppression suppression) {
        return ResourcePath.of(suppression.getTenantId(), suppression.getSuppressionId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Suppression read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        Optional<Suppression> before = view.table(Suppression.class).get(path);
        TimeSpan span = TimeSpan.read(fields, before.map(Suppression::getStartTime), updatedAt);
        NamedAlarms named = NamedAlarms.read(fields);
        if (named.isEmpty()) {
            throw NamedAlarms.nothingNamed();
        }
        Suppression suppression = Suppression.newBuilder()
                .setTenantId(path.tenantId())
                .setSuppressionId(path.id())
                .setLabel(ResourceFields.label(fields))
                .setStartTime(span.start())
                .setEndTime(span.end())
                .setNotificationPlans(named.plans())
                .setEntities(named.entities())
                .setChecks(named.checks())
                .setAlarms(named.alarms())
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
        before.filter(old -> !updatedAt.isBefore(old.getStartTime())).ifPresent(old -> requireSame(old, suppression));
        return suppression;
    }

    @Override
    public void require(Suppression suppression, ConfigurationView view) {
        Optional<NamedAlarms> before =
                view.table(Suppression.class).get(path(suppression)).map(SuppressionKind::named);
        named(suppression).requireExisting(suppression.getTenantId(), before, plans, view);
    }

    @Override
    public ObjectNode write(Suppression suppression) {
        ObjectNode node = ResourceJson.start(suppression.getSuppressionId())
                .put("label", suppression.getLabel())
                .put(TimeSpan.START_TIME, suppression.getStartTime().toEpochMilli())
                .put(TimeSpan.END_TIME, suppression.getEndTime().toEpochMilli());
        named(suppression).write(node);
        return ResourceJson.finish(node, suppression.getCreatedAt(), suppression.getUpdatedAt());
    }

    private static NamedAlarms named(Suppression suppression) {
        return new NamedAlarms(
                suppression.getNotificationPlans(),
                suppression.getEntities(),
                suppression.getChecks(),
                suppression.getAlarms());
    }

    private static void requireSame(Suppression begun, Suppression changed) {
        if (!begun.getStartTime().equals(changed.getStartTime())) {
            throw unchangeable(TimeSpan.START_TIME);
        }
        named(begun).difference(named(changed)).ifPresent(field -> {
            throw unchangeable(field);
        });
    }

    private static Fault unchangeable(String field) {
        return Fault.badField(
                field, "can't be changed, because the suppression has begun: only end_time and label can");
    }
}
