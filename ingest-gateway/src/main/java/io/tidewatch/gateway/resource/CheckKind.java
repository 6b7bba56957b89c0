package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.CheckJson;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.TargetResolver;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks: what is looked at on an entity, from where and how often. Deleting one deletes its alarms first. */
public final class CheckKind implements ResourceKind<Check> {
    private static final Set<String> REMOTE_FIELDS =
            Set.of("monitoring_zones_poll", "target_alias", "target_hostname", "target_resolver");
    private static final Set<String> FIELDS = Stream.concat(
                    REMOTE_FIELDS.stream(),
                    Stream.of("type", "label", "disabled", "period", "timeout", "details", "metadata", DependsOn.FIELD))
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_PERIOD_SECONDS = 1800;
    private static final int DEFAULT_PERIOD_SECONDS = 60;
    private static final int MIN_TIMEOUT_SECONDS = 2;
    private static final int DEFAULT_TIMEOUT_SECONDS = 30;
    private static final int MAX_TYPE_CHARS = 64;
    private static final int MAX_ZONES = 64;
    private static final int MAX_ZONE_CHARS = 64;
    private static final int MAX_ALIAS_CHARS = 64;
    private static final int MAX_HOST_CHARS = 254;
    private static final Pattern TYPE_ID = Pattern.compile("[-.\\w]+");
    private static final Pattern ZONE_ID = Pattern.compile("[-.\\w]+");

    private final CheckTypes types;
    private final int minPeriodSeconds;
    private final int maxPerTenant;

    /**
     * @param types the types that a check may have
     * @param minPeriodSeconds the shortest period that is accepted, at least 2
     */
    public CheckKind(CheckTypes types, int minPeriodSeconds, int maxPerTenant) {
        this.types = types;
        this.minPeriodSeconds = minPeriodSeconds;
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Check";
    }

    @Override
    public String idPrefix() {
        return "ch";
    }

    @Override
    public String collection() {
        return "checks";
    }

    @Override
    public boolean isOfEntity() {
        return true;
    }

    @Override
    public Topic topic() {
        return Topic.CHECKS;
    }

    @Override
    public Class<Check> recordClass() {
        return Check.class;
    }

    @Override
    public ResourcePath path(Check check) {
        return ResourcePath.of(check.getTenantId(), check.getEntityId(), check.getCheckId());
    }

    @Override
    public Optional<String> partitionedBy(Check check) {
        return Optional.of(CheckPath.of(check).toString());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Set<String> setAtCreation() {
        return Set.of("type");
    }

    @Override
    public Check read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        CheckType type = type(fields);
        if (type.isRemote()) {
            requireOneTarget(fields);
        } else {
            refuseRemoteFields(type, fields);
        }
        int period = period(fields);
        return Check.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.id())
                .setType(type.id())
                .setLabel(ResourceFields.label(fields))
                .setDisabled(fields.flag("disabled").orElse(false))
                .setPeriodSeconds(period)
                .setTimeoutSeconds(timeout(fields, period))
                .setMonitoringZonesPoll(type.isRemote() ? zones(fields) : List.of())
                .setTargetAlias(alias(path, fields, view))
                .setTargetHostname(hostname(fields))
                .setTargetResolver(
                        fields.oneOf("target_resolver", TargetResolver.class).orElse(null))
                .setDetails(DetailsJson.read(fields, type::stored))
                .setDependsOn(DependsOn.read(fields))
                .setMetadata(ResourceFields.metadata(fields))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public void require(Check check, ConfigurationView view) {
        DependsOn.require(
                check.getTenantId(),
                check.getDependsOn(),
                view.table(Check.class).get(path(check)).map(Check::getDependsOn),
                DependsOn.names(check, view),
                view);
        if (check.getTargetAlias() != null) {
            requireAlias(path(check), check.getTargetAlias(), view);
        }
    }

    @Override
    public ObjectNode write(Check check) {
        return CheckJson.of(check);
    }

    @Override
    public List<String> namesInSuppressions(Check check) {
        return List.of(
                Suppressions.check(check.getEntityId(), check.getCheckId()), Suppressions.entity(check.getEntityId()));
    }

    private static void requireOneTarget(JsonFields fields) {
        if (fields.has("target_alias") == fields.has("target_hostname")) {
            throw fields.bad("target_alias", "a remote check needs either this or target_hostname, and not both");
        }
    }

    private CheckType type(JsonFields fields) {
        String id = fields.requiredText("type", 1, MAX_TYPE_CHARS);
        if (!TYPE_ID.matcher(id).matches()) {
            throw fields.bad("type", "has to be letters, digits, '.', '_' and '-'");
        }
        return types.find(id)
                .orElseThrow(() -> fields.bad(
                        "type",
                        "no poller runs " + id + "; remote types are "
                                + types.list().stream()
                                        .filter(CheckType::isRemote)
                                        .map(CheckType::id)
                                        .collect(Collectors.joining(", "))));
    }

    private static void refuseRemoteFields(CheckType type, JsonFields fields) {
        for (String name : REMOTE_FIELDS.stream().sorted().toList()) {
            if (fields.value(name)
                    .filter(value -> !(value.isArray() && value.isEmpty()))
                    .isPresent()) {
                throw fields.bad(name, "is for remote checks; " + type.id() + " is reported by an agent");
            }
        }
    }

    private int period(JsonFields fields) {
        return (int) fields.integer("period", minPeriodSeconds, MAX_PERIOD_SECONDS)
                .orElse(Math.max(DEFAULT_PERIOD_SECONDS, minPeriodSeconds));
    }

    /** Where the operator allows a period of 2 s, a timeout of 1 s has to be allowed with it. */
    private int timeout(JsonFields fields, int period) {
        long timeout = fields.integer(
                        "timeout", Math.min(MIN_TIMEOUT_SECONDS, minPeriodSeconds - 1), MAX_PERIOD_SECONDS)
                .orElse(Math.min(DEFAULT_TIMEOUT_SECONDS, period / 2));
        if (timeout >= period) {
            throw fields.bad("timeout", "has to be less than the period, which is " + period);
        }
        return (int) timeout;
    }

    private static List<String> zones(JsonFields fields) {
        List<String> zones = fields.textList("monitoring_zones_poll", MAX_ZONES, MAX_ZONE_CHARS);
        if (zones.isEmpty()) {
            throw fields.bad("monitoring_zones_poll", "has to name at least one zone for a remote check");
        }
        for (String zone : zones) {
            if (!ZONE_ID.matcher(zone).matches()) {
                throw fields.bad(
                        "monitoring_zones_poll", "has a zone id with other than letters, digits, '.', '_', '-'");
            }
        }
        return zones;
    }

    private static @Nullable String alias(ResourcePath path, JsonFields fields, ConfigurationView view) {
        Optional<String> alias = fields.text("target_alias", 1, MAX_ALIAS_CHARS);
        alias.ifPresent(key -> requireAlias(path, key, view));
        return alias.orElse(null);
    }

    private static void requireAlias(ResourcePath path, String alias, ConfigurationView view) {
        if (view.table(Entity.class)
                .get(path.entity())
                .map(Entity::getIpAddresses)
                .filter(addresses -> addresses.containsKey(alias))
                .isEmpty()) {
            throw Fault.missing("target_alias", "entity " + path.entityId() + " has no such key in ip_addresses");
        }
    }

    private static @Nullable String hostname(JsonFields fields) {
        Optional<String> host = fields.text("target_hostname", 1, MAX_HOST_CHARS);
        if (host.isPresent() && !Hosts.isHost(host.get())) {
            throw fields.bad("target_hostname", "has to be a host name, an IPv4 or an IPv6 address");
        }
        return host.orElse(null);
    }
}
