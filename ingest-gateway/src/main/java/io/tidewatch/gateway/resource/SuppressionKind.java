package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Suppression;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Suppressions: times in which nobody is told of some alarms. Once begun, one only ends earlier or later.
 *
 * <p>Source: the suppressions page of Rackspace Cloud Monitoring's manual.
 */
public final class SuppressionKind implements ResourceKind<Suppression> {
    /** Between the ids of an entity and of its check or alarm. */
    static final char SEPARATOR = ':';

    private static final String START_TIME = "start_time";
    private static final String END_TIME = "end_time";

    /** The lists of what is suppressed. */
    private enum Names {
        NOTIFICATION_PLANS("notification_plans", Suppression::getNotificationPlans),
        ENTITIES("entities", Suppression::getEntities),
        CHECKS("checks", Suppression::getChecks),
        ALARMS("alarms", Suppression::getAlarms);

        private final String field;
        private final Function<Suppression, List<String>> list;

        Names(String field, Function<Suppression, List<String>> list) {
            this.field = field;
            this.list = list;
        }

        List<String> of(Suppression suppression) {
            return list.apply(suppression);
        }
    }

    private static final Set<String> FIELDS = Stream.concat(
                    Stream.of(Names.values()).map(names -> names.field), Stream.of("label", START_TIME, END_TIME))
            .collect(Collectors.toUnmodifiableSet());

    private static final int MAX_NAMES = 512;
    private static final int MAX_ID_CHARS = 255;
    private static final int MAX_PAIR_CHARS = 2 * MAX_ID_CHARS + 1;

    /** For clients whose clocks are behind, and for the time that a request takes. */
    private static final Duration TOLERATED_PAST = Duration.ofSeconds(60);

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
        Instant start = start(fields, before.map(Suppression::getStartTime), updatedAt);
        Suppression suppression = Suppression.newBuilder()
                .setTenantId(path.tenantId())
                .setSuppressionId(path.id())
                .setLabel(ResourceFields.label(fields))
                .setStartTime(start)
                .setEndTime(end(fields, start))
                .setNotificationPlans(ids(fields, Names.NOTIFICATION_PLANS))
                .setEntities(ids(fields, Names.ENTITIES))
                .setChecks(pairs(fields, Names.CHECKS))
                .setAlarms(pairs(fields, Names.ALARMS))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
        requireSomething(suppression);
        before.filter(old -> !updatedAt.isBefore(old.getStartTime())).ifPresent(old -> requireSame(old, suppression));
        return suppression;
    }

    /** What has been named before may be gone by now, and does not keep anybody from changing the end. */
    @Override
    public void require(Suppression suppression, ConfigurationView view) {
        ResourcePath tenant = ResourcePath.of(suppression.getTenantId());
        Optional<Suppression> before = view.table(Suppression.class).get(path(suppression));
        for (Names names : Names.values()) {
            requireEach(names, suppression, before, name -> exists(names, tenant, name, view));
        }
    }

    private boolean exists(Names names, ResourcePath tenant, String name, ConfigurationView view) {
        return switch (names) {
            case NOTIFICATION_PLANS -> plans.find(tenant.child(name), view).isPresent();
            case ENTITIES -> view.table(Entity.class).get(tenant.child(name)).isPresent();
            case CHECKS -> view.table(Check.class).get(path(tenant, name)).isPresent();
            case ALARMS -> view.table(Alarm.class).get(path(tenant, name)).isPresent();
        };
    }

    @Override
    public ObjectNode write(Suppression suppression) {
        ObjectNode node = ResourceJson.start(suppression.getSuppressionId())
                .put("label", suppression.getLabel())
                .put(START_TIME, suppression.getStartTime().toEpochMilli())
                .put(END_TIME, suppression.getEndTime().toEpochMilli());
        for (Names names : Names.values()) {
            node.set(names.field, Json.MAPPER.valueToTree(names.of(suppression)));
        }
        return ResourceJson.finish(node, suppression.getCreatedAt(), suppression.getUpdatedAt());
    }

    /** Absent or 0 is now. One that stays as it was may lie in the past as far as it likes. */
    private static Instant start(JsonFields fields, Optional<Instant> before, Instant now) {
        Instant given = fields.time(START_TIME)
                .filter(time -> !time.equals(Instant.EPOCH))
                .orElse(now);
        boolean stays = before.filter(given::equals).isPresent();
        if (!stays && given.isBefore(now.minus(TOLERATED_PAST))) {
            throw fields.bad(
                    START_TIME,
                    "lies more than " + TOLERATED_PAST.toSeconds() + " seconds in the past: leave it out to begin now");
        }
        return given;
    }

    private static Instant end(JsonFields fields, Instant start) {
        Instant end = fields.time(END_TIME).orElseThrow(() -> fields.bad(END_TIME, "is required"));
        if (!end.isAfter(start)) {
            throw fields.bad(END_TIME, "has to be later than start_time, which is " + start.toEpochMilli());
        }
        return end;
    }

    private static List<String> ids(JsonFields fields, Names names) {
        return fields.textList(names.field, MAX_NAMES, MAX_ID_CHARS);
    }

    private static List<String> pairs(JsonFields fields, Names names) {
        List<String> pairs = fields.textList(names.field, MAX_NAMES, MAX_PAIR_CHARS);
        for (int i = 0; i < pairs.size(); i++) {
            int colon = pairs.get(i).indexOf(SEPARATOR);
            if (colon < 1 || colon == pairs.get(i).length() - 1) {
                throw fields.bad(
                        names.field + "[" + i + "]",
                        "has to be the id of an entity, a colon, and the id of what belongs to it");
            }
        }
        return pairs;
    }

    private static void requireSomething(Suppression suppression) {
        if (Stream.of(Names.values()).allMatch(names -> names.of(suppression).isEmpty())) {
            String others = Stream.of(Names.values())
                    .filter(names -> names != Names.ENTITIES)
                    .map(names -> names.field)
                    .collect(Collectors.joining(", "));
            throw Fault.badField(Names.ENTITIES.field, "or one of " + others + " has to name something");
        }
    }

    private static ResourcePath path(ResourcePath tenant, String pair) {
        int colon = pair.indexOf(SEPARATOR);
        return tenant.child(pair.substring(0, colon)).child(pair.substring(colon + 1));
    }

    private static void requireSame(Suppression begun, Suppression changed) {
        if (!begun.getStartTime().equals(changed.getStartTime())) {
            throw unchangeable(START_TIME);
        }
        for (Names names : Names.values()) {
            if (!names.of(begun).equals(names.of(changed))) {
                throw unchangeable(names.field);
            }
        }
    }

    private static Fault unchangeable(String field) {
        return Fault.badField(
                field, "can't be changed, because the suppression has begun: only end_time and label can");
    }

    private static void requireEach(
            Names names, Suppression suppression, Optional<Suppression> before, Predicate<String> exists) {
        Set<String> namedBefore = new HashSet<>(before.map(names::of).orElse(List.of()));
        List<String> named = names.of(suppression);
        for (int i = 0; i < named.size(); i++) {
            if (!namedBefore.contains(named.get(i)) && !exists.test(named.get(i))) {
                throw Fault.missing(names.field + "[" + i + "]", named.get(i) + " does not exist");
            }
        }
    }
}
