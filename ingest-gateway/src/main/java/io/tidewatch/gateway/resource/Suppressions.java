package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Suppression;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What a tenant's suppressions name at one moment. Made for one request and used by its thread; reads the suppressions when something
 * is shown that they may name, and once for all of a page.
 */
public final class Suppressions {
    private final String tenantId;
    private final ConfigurationView view;
    private final Instant now;

    private final Map<String, List<String>> activeByName = new HashMap<>();
    private final Map<String, List<String>> scheduledByName = new HashMap<>();
    private boolean areRead;

    private Suppressions(String tenantId, ConfigurationView view, Instant now) {
        this.tenantId = tenantId;
        this.view = view;
        this.now = now;
    }

    public static Suppressions of(String tenantId, ConfigurationView view, Instant now) {
        return new Suppressions(tenantId, view, now);
    }

    /** The moment. */
    public Instant now() {
        return now;
    }

    /** A plan as a name in a suppression. */
    static String plan(String id) {
        return "plan " + id;
    }

    /** An entity as a name in a suppression. */
    static String entity(String id) {
        return "entity " + id;
    }

    /** A check as a name in a suppression. */
    static String check(String entityId, String id) {
        return check(entityId + NamedAlarms.SEPARATOR + id);
    }

    /** An alarm as a name in a suppression. */
    static String alarm(String entityId, String id) {
        return alarm(entityId + NamedAlarms.SEPARATOR + id);
    }

    private static String check(String pair) {
        return "check " + pair;
    }

    private static String alarm(String pair) {
        return "alarm " + pair;
    }

    /** Adds the ids of the suppressions that have any of these names: of those in force, and of those to come. */
    void write(ObjectNode json, List<String> names) {
        if (!areRead) {
            read();
            areRead = true;
        }
        write(json, ResourceJson.ACTIVE_SUPPRESSIONS, names, activeByName);
        write(json, ResourceJson.SCHEDULED_SUPPRESSIONS, names, scheduledByName);
    }

    private static void write(ObjectNode json, String field, List<String> names, Map<String, List<String>> idsByName) {
        TreeSet<String> ids = new TreeSet<>();
        names.forEach(name -> ids.addAll(idsByName.getOrDefault(name, List.of())));
        ids.forEach(json.putArray(field)::add);
    }

    private void read() {
        for (Suppression suppression : view.table(Suppression.class).under(ResourcePath.of(tenantId))) {
            if (now.isBefore(suppression.getEndTime())) {
                add(suppression, now.isBefore(suppression.getStartTime()) ? scheduledByName : activeByName);
            }
        }
    }

    private static void add(Suppression suppression, Map<String, List<String>> idsByName) {
        List<String> names = new ArrayList<>();
        suppression.getNotificationPlans().forEach(id -> names.add(plan(id)));
        suppression.getEntities().forEach(id -> names.add(entity(id)));
        suppression.getChecks().forEach(pair -> names.add(check(pair)));
        suppression.getAlarms().forEach(pair -> names.add(alarm(pair)));
        names.forEach(name ->
                idsByName.computeIfAbsent(name, unused -> new ArrayList<>()).add(suppression.getSuppressionId()));
    }
}
