package io.tidewatch.gateway.resource;

import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an entity, a check or an alarm depends on, as {@code entity}, {@code entity:check} or {@code entity:alarm}. What belongs to an
 * entity or a check depends on the same, and whoever depends on an entity or a check depends on all that belongs to it.
 */
final class DependsOn {
    static final String FIELD = ResourceJson.DEPENDS_ON;

    private static final int MAX = 16;

    /** A change is looked at while all others of the tenant wait. */
    private static final int MAX_FOLLOWED = 1_000;

    private final ResourcePath tenant;
    private final ConfigurationView view;

    private DependsOn(String tenantId, ConfigurationView view) {
        this.tenant = ResourcePath.of(tenantId);
        this.view = view;
    }

    /** @throws Fault naming the one that is none */
    static List<String> read(JsonFields fields) {
        List<String> names = fields.textList(FIELD, MAX, NamedAlarms.MAX_PAIR_CHARS);
        for (int i = 0; i < names.size(); i++) {
            int colon = names.get(i).indexOf(NamedAlarms.SEPARATOR);
            if (colon == 0 || colon == names.get(i).length() - 1) {
                throw fields.bad(
                        FIELD + "[" + i + "]",
                        "has to be the id of an entity, or that, a colon, and the id of a check or an alarm of it");
            }
        }
        return names;
    }

    /**
     * Refuses what does not exist, unless it was named before, and what depends on the resource itself.
     *
     * @param own the names by which the resource is depended on: of itself, of what it belongs to and of what belongs to it
     */
    static void require(
            String tenantId,
            List<String> names,
            Optional<List<String>> before,
            Set<String> own,
            ConfigurationView view) {
        if (!names.equals(before.orElse(List.of()))) {
            new DependsOn(tenantId, view).require(names, before.orElse(List.of()), own);
        }
    }

    /** The names by which an entity is depended on. */
    static Set<String> names(Entity entity, ConfigurationView view) {
        Set<String> names = new HashSet<>(Set.of(entity.getEntityId()));
        ResourcePath path = ResourcePath.of(entity.getTenantId(), entity.getEntityId());
        view.table(Check.class).under(path).forEach(check -> names.add(pair(check)));
        view.table(Alarm.class).under(path).forEach(alarm -> names.add(pair(alarm)));
        return names;
    }

    /** The names by which a check is depended on. */
    static Set<String> names(Check check, ConfigurationView view) {
        Set<String> names = new HashSet<>(Set.of(check.getEntityId(), pair(check)));
        ResourcePath path = ResourcePath.of(check.getTenantId(), check.getEntityId());
        view.table(Alarm.class).under(path).stream()
                .filter(alarm -> alarm.getCheckId().equals(check.getCheckId()))
                .forEach(alarm -> names.add(pair(alarm)));
        return names;
    }

    /** The names by which an alarm is depended on. */
    static Set<String> names(Alarm alarm) {
        return Set.of(
                alarm.getEntityId(), alarm.getEntityId() + NamedAlarms.SEPARATOR + alarm.getCheckId(), pair(alarm));
    }

    private void require(List<String> names, List<String> before, Set<String> own) {
        for (int i = 0; i < names.size(); i++) {
            String field = FIELD + "[" + i + "]";
            if (!before.contains(names.get(i)) && !exists(names.get(i))) {
                throw Fault.missing(field, names.get(i) + " does not exist");
            }
            requireNoWayBack(field, names.get(i), own);
        }
    }

    private void requireNoWayBack(String field, String name, Set<String> own) {
        Deque<String> next = new ArrayDeque<>(List.of(name));
        Set<String> seen = new HashSet<>(next);
        while (!next.isEmpty()) {
            String parent = next.remove();
            if (own.contains(parent)) {
                throw Fault.badField(
                        field,
                        parent.equals(name)
                                ? "names the resource itself, or what it belongs to, or what belongs to it"
                                : "depends on " + parent + " and so on this resource itself");
            }
            dependenciesOf(parent).filter(seen::add).forEach(next::add);
            if (seen.size() > MAX_FOLLOWED) {
                throw Fault.badField(field, "leads to more than " + MAX_FOLLOWED + " others by their dependencies");
            }
        }
    }

    private boolean exists(String name) {
        if (name.indexOf(NamedAlarms.SEPARATOR) < 0) {
            return view.table(Entity.class).get(tenant.child(name)).isPresent();
        }
        ResourcePath path = NamedAlarms.path(tenant, name);
        return view.table(Check.class).get(path).isPresent()
                || view.table(Alarm.class).get(path).isPresent();
    }

    /** Of what a name stands for, what belongs to it, and what it belongs to. */
    private Stream<String> dependenciesOf(String name) {
        int colon = name.indexOf(NamedAlarms.SEPARATOR);
        ResourcePath entity = tenant.child(colon < 0 ? name : name.substring(0, colon));
        Stream<String> ofEntity =
                view.table(Entity.class).get(entity).stream().flatMap(is -> is.getDependsOn().stream());
        return Stream.concat(ofEntity, colon < 0 ? below(entity) : of(entity, name.substring(colon + 1)));
    }

    private Stream<String> below(ResourcePath entity) {
        return Stream.concat(
                view.table(Check.class).under(entity).stream().flatMap(check -> check.getDependsOn().stream()),
                view.table(Alarm.class).under(entity).stream().flatMap(alarm -> alarm.getDependsOn().stream()));
    }

    /** @param id of a check or an alarm */
    private Stream<String> of(ResourcePath entity, String id) {
        Optional<Alarm> alarm = view.table(Alarm.class).get(entity.child(id));
        String checkId = alarm.map(Alarm::getCheckId).orElse(id);
        Stream<String> ofCheck = view.table(Check.class).get(entity.child(checkId)).stream()
                .flatMap(check -> check.getDependsOn().stream());
        Stream<Alarm> alarms = alarm.isPresent()
                ? alarm.stream()
                : view.table(Alarm.class).under(entity).stream()
                        .filter(other -> other.getCheckId().equals(id));
        return Stream.concat(ofCheck, alarms.flatMap(other -> other.getDependsOn().stream()));
    }

    private static String pair(Check check) {
        return check.getEntityId() + NamedAlarms.SEPARATOR + check.getCheckId();
    }

    private static String pair(Alarm alarm) {
        return alarm.getEntityId() + NamedAlarms.SEPARATOR + alarm.getAlarmId();
    }
}
