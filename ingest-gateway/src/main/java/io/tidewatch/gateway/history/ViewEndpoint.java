package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.HeapBytes;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.gateway.resource.Suppressions;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;

/** A tenant's entities, checks and alarms with their current states. Called by the HTTP server's threads. */
public final class ViewEndpoint implements Endpoint {
    private static final String VIEWS = TENANT + "/views";

    /** Source: the views page of Rackspace Cloud Monitoring's manual. */
    private static final int MAX_IDS = 100;

    /** An alarm with short criteria takes some 700 bytes: thousands of them. Source: this API's own. */
    private static final int MAX_ENTITY_BYTES = 4 << 20;

    private static final String ENTITY_ID = "entityId";
    private static final String AGENT_ID = "agentId";
    private static final String URI = "uri";

    /** The parameters that choose entities; of these a request has one at most. */
    private static final String[] SELECTIONS = {ENTITY_ID, AGENT_ID, URI};

    private final ConfigurationView view;
    private final ResourceKind<Entity> entities;
    private final ResourceKind<Check> checks;
    private final ResourceKind<Alarm> alarms;
    private final TimeSeries timeSeries;
    private final Clock clock;

    /**
     * @param kinds how resources are shown
     */
    public ViewEndpoint(ConfigurationView view, ResourceKinds kinds, TimeSeries timeSeries, Clock clock) {
        this.view = view;
        this.entities = kinds.of(Entity.class);
        this.checks = kinds.of(Check.class);
        this.alarms = kinds.of(Alarm.class);
        this.timeSeries = timeSeries;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(VIEWS + "/overview", this::overview);
        routes.get(VIEWS + "/latest_alarm_states", this::latestAlarmStates);
    }

    /** A page of entities, each with its checks, its alarms and their states. */
    private void overview(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        QueryParameters query = QueryParameters.of(ctx);
        PageRequest page = query.page();
        List<Entity> found = selected(tenantId, query).stream()
                .filter(entity -> entity.getEntityId().compareTo(page.marker().orElse("")) >= 0)
                .limit(page.lookAhead())
                .toList();
        AlarmStateJson states = AlarmStateJson.read(
                timeSeries, tenantId, found.stream().map(Entity::getEntityId).toList());
        Suppressions suppressions = Suppressions.of(tenantId, view, clock.instant());
        Requests.answer(
                ctx,
                200,
                page.render(
                        found,
                        Entity::getEntityId,
                        entity -> write(entity, states, suppressions),
                        Link.to(ctx, SELECTIONS)));
    }

    /** A page of alarms' states, by entity and alarm. */
    private void latestAlarmStates(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        QueryParameters query = QueryParameters.of(ctx);
        PageRequest page = query.page();
        List<Alarm> found = selected(tenantId, query).stream()
                .flatMap(entity -> view.table(Alarm.class).under(entities.path(entity)).stream())
                .filter(alarm -> marker(alarm).compareTo(page.marker().orElse("")) >= 0)
                .limit(page.lookAhead())
                .toList();
        AlarmStateJson states = AlarmStateJson.read(
                timeSeries,
                tenantId,
                found.stream().map(Alarm::getEntityId).distinct().toList());
        Requests.answer(ctx, 200, page.render(found, ViewEndpoint::marker, states::write, Link.to(ctx, SELECTIONS)));
    }

    private static String marker(Alarm alarm) {
        return alarm.getEntityId() + "/" + alarm.getAlarmId();
    }

    /** In the order of their ids. */
    private List<Entity> selected(String tenantId, QueryParameters query) {
        List<String> ids = query.several(ENTITY_ID);
        List<String> agentIds = query.several(AGENT_ID);
        Optional<String> uri = query.one(URI);
        requireOneSelection(query);
        requireAtMost(MAX_IDS, ENTITY_ID, ids);
        requireAtMost(MAX_IDS, AGENT_ID, agentIds);
        if (!ids.isEmpty()) {
            return new TreeSet<>(ids)
                    .stream().map(id -> requireEntity(tenantId, id)).toList();
        }
        return view.table(Entity.class).under(ResourcePath.of(tenantId)).stream()
                .filter(entity -> uri.isEmpty() || uri.get().equals(entity.getUri()))
                .filter(entity -> agentIds.isEmpty() || agentIds.contains(entity.getAgentId()))
                .toList();
    }

    private static void requireOneSelection(QueryParameters query) {
        List<String> given = Stream.of(SELECTIONS)
                .filter(name -> !query.several(name).isEmpty())
                .toList();
        if (given.size() > 1) {
            throw Fault.badField(given.get(1), "can't be mixed with " + given.get(0));
        }
    }

    private static void requireAtMost(int max, String name, List<String> given) {
        if (given.size() > max) {
            throw Fault.badField(name, "may be given " + max + " times");
        }
    }

    private Entity requireEntity(String tenantId, String id) {
        return view.table(Entity.class)
                .get(ResourcePath.of(tenantId, id))
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, "Entity", id));
    }

    /** Before any of it is made: what a tenant may have on one entity is more than an answer should have. */
    private static void requireShort(Entity entity, List<Check> itsChecks, List<Alarm> itsAlarms) {
        long bytes = Stream.concat(itsChecks.stream(), itsAlarms.stream())
                .mapToLong(HeapBytes::of)
                .sum();
        if (bytes > MAX_ENTITY_BYTES) {
            throw new Fault(
                    FaultType.LIMIT_REACHED,
                    "The checks and alarms of entity " + entity.getEntityId() + " take " + bytes
                            + " bytes, and an overview shows those of an entity that has at most " + MAX_ENTITY_BYTES
                            + ": list them by themselves",
                    Map.of("object", "Entity", "key", entity.getEntityId(), "limit_bytes", MAX_ENTITY_BYTES));
        }
    }

    private ObjectNode write(Entity entity, AlarmStateJson states, Suppressions suppressions) {
        ResourcePath path = entities.path(entity);
        List<Alarm> itsAlarms = view.table(Alarm.class).under(path);
        List<Check> itsChecks = view.table(Check.class).under(path);
        requireShort(entity, itsChecks, itsAlarms);
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("entity", entities.show(entity, view, suppressions));
        json.putArray("checks")
                .addAll(itsChecks.stream()
                        .map(check -> checks.show(check, view, suppressions))
                        .toList());
        json.putArray("alarms")
                .addAll(itsAlarms.stream()
                        .map(alarm -> alarms.show(alarm, view, suppressions))
                        .toList());
        json.putArray("latest_alarm_states")
                .addAll(itsAlarms.stream().map(states::write).toList());
        return json;
    }
}
