package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The alarms that a suppression or a maintenance window names in its lists.
 *
 * @param checks as {@code entity:check}
 * @param alarms as {@code entity:alarm}
 */
public record NamedAlarms(List<String> plans, List<String> entities, List<String> checks, List<String> alarms) {
    /** Between the ids of an entity and of its check or alarm. */
    static final char SEPARATOR = ':';

    private static final int MAX_NAMES = 512;
    private static final int MAX_ID_CHARS = 255;

    /** The most characters of an entity's and another id. */
    static final int MAX_PAIR_CHARS = 2 * MAX_ID_CHARS + 1;

    /** The lists. */
    private enum Names {
        NOTIFICATION_PLANS("notification_plans", NamedAlarms::plans),
        ENTITIES("entities", NamedAlarms::entities),
        CHECKS("checks", NamedAlarms::checks),
        ALARMS("alarms", NamedAlarms::alarms);

        private final String field;
        private final Function<NamedAlarms, List<String>> list;

        Names(String field, Function<NamedAlarms, List<String>> list) {
            this.field = field;
            this.list = list;
        }
    }

    /** The fields that the lists are in. */
    public static final Set<String> FIELDS =
            Stream.of(Names.values()).map(names -> names.field).collect(Collectors.toUnmodifiableSet());

    /** @throws Fault naming the list that is bad */
    public static NamedAlarms read(JsonFields fields) {
        return new NamedAlarms(
                fields.textList(Names.NOTIFICATION_PLANS.field, MAX_NAMES, MAX_ID_CHARS),
                fields.textList(Names.ENTITIES.field, MAX_NAMES, MAX_ID_CHARS),
                pairs(fields, Names.CHECKS),
                pairs(fields, Names.ALARMS));
    }

    /** Whether no list names anything. */
    public boolean isEmpty() {
        return Stream.of(Names.values())
                .allMatch(names -> names.list.apply(this).isEmpty());
    }

    /**
     * The refusal of what names nothing.
     *
     * @param others further fields that could say what is meant
     */
    public static Fault nothingNamed(String... others) {
        String fields = Stream.concat(
                        Stream.of(Names.values())
                                .filter(names -> names != Names.ENTITIES)
                                .map(names -> names.field),
                        Stream.of(others))
                .collect(Collectors.joining(", "));
        return Fault.badField(Names.ENTITIES.field, "or one of " + fields + " has to name something");
    }

    /**
     * Refuses a name of something that there is not. What has been named before may be gone by now, and does not keep anybody from
     * changing something else.
     */
    public void requireExisting(
            String tenantId, Optional<NamedAlarms> before, NotificationPlanKind plansThereAre, ConfigurationView view) {
        ResourcePath tenant = ResourcePath.of(tenantId);
        for (Names names : Names.values()) {
            Set<String> namedBefore = new HashSet<>(before.map(names.list).orElse(List.of()));
            List<String> named = names.list.apply(this);
            for (int i = 0; i < named.size(); i++) {
                String name = named.get(i);
                if (!namedBefore.contains(name) && !exists(names, tenant, name, plansThereAre, view)) {
                    throw Fault.missing(names.field + "[" + i + "]", name + " does not exist");
                }
            }
        }
    }

    /** The first list that is another one here and there. */
    Optional<String> difference(NamedAlarms other) {
        return Stream.of(Names.values())
                .filter(names -> !names.list.apply(this).equals(names.list.apply(other)))
                .map(names -> names.field)
                .findFirst();
    }

    public void write(ObjectNode node) {
        for (Names names : Names.values()) {
            node.set(names.field, Json.MAPPER.valueToTree(names.list.apply(this)));
        }
    }

    private static boolean exists(
            Names names, ResourcePath tenant, String name, NotificationPlanKind plans, ConfigurationView view) {
        return switch (names) {
            case NOTIFICATION_PLANS -> plans.find(tenant.child(name), view).isPresent();
            case ENTITIES -> view.table(Entity.class).get(tenant.child(name)).isPresent();
            case CHECKS -> view.table(Check.class).get(path(tenant, name)).isPresent();
            case ALARMS -> view.table(Alarm.class).get(path(tenant, name)).isPresent();
        };
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

    /** Where what a pair names is, or would be. */
    static ResourcePath path(ResourcePath tenant, String pair) {
        int colon = pair.indexOf(SEPARATOR);
        return tenant.child(pair.substring(0, colon)).child(pair.substring(colon + 1));
    }
}
