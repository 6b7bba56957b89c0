package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ConfigurationView;
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
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** A tenant's entities, checks and alarms with their current states. Called by the HTTP server's threads. */
public final class ViewEndpoint implements Endpoint {
    private static final String VIEWS = TENANT + "/views";

    /** Source: the views page of Rackspace Cloud Monitoring's manual. */
    private static final int MAX_ENTITY_IDS = 100;

    private final ConfigurationView view;
    private final ResourceKind<Entity> entities;
    private final ResourceKind<Check> checks;
    private final ResourceKind<Alarm> alarms;
    private final TimeSeries timeSeries;

    /**
     * @param kinds how resources are shown
     */
    public ViewEndpoint(ConfigurationView view, ResourceKinds kinds, TimeSeries timeSeries) {
        this.view = view;
        this.entities = kinds.of(Entity.class);
        this.checks = kinds.of(Check.class);
        this.alarms = kinds.of(Alarm.class);
        this.timeSeries = timeSeries;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(VIEWS + "/overview", this::overview);
        routes.get(VIEWS + "/latest_alarm_states", this::latestAlarmStates);
    }

    /** A page of entities, each with its checks, its alarms and their states. */
    private void overview(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        QueryParameters query = new QueryParameters(ctx.queryParamMap());
        PageRequest page = query.page();
        List<Entity> found = selected(tenantId, query).stream()
                .filter(entity -> entity.getEntityId().compareTo(page.marker().orElse("")) >= 0)
                .limit(page.lookAhead())
                .toList();
        AlarmStateJson states = AlarmStateJson.read(
                timeSeries, tenantId, found.stream().map(Entity::getEntityId).toList());
        Requests.answer(
                ctx,
                200,
                page.render(
                        found, Entity::getEntityId, entity -> write(entity, states), Link.to(ctx, "entityId", "uri")));
    }

    /** A page of alarms' states, by entity and alarm. */
    private void latestAlarmStates(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        QueryParameters query = new QueryParameters(ctx.queryParamMap());
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
        Requests.answer(
                ctx, 200, page.render(found, ViewEndpoint::marker, states::write, Link.to(ctx, "entityId", "uri")));
    }

    private static String marker(Alarm alarm) {
        return alarm.getEntityId() + "/" + alarm.getAlarmId();
    }

    /** In the order of their ids. */
    private List<Entity> selected(String tenantId, QueryParameters query) {
        List<String> ids = query.several("entityId");
        Optional<String> uri = query.one("uri");
        if (!ids.isEmpty() && uri.isPresent()) {
            throw Fault.badField("uri", "can't be mixed with entityId");
        }
        if (ids.size() > MAX_ENTITY_IDS) {
            throw Fault.badField("entityId", "may be given " + MAX_ENTITY_IDS + " times");
        }
        if (!ids.isEmpty()) {
            return new TreeSet<>(ids)
                    .stream().map(id -> requireEntity(tenantId, id)).toList();
        }
        return view.table(Entity.class).under(ResourcePath.of(tenantId)).stream()
                .filter(entity -> uri.isEmpty() || uri.get().equals(entity.getUri()))
                .toList();
    }

    private Entity requireEntity(String tenantId, String id) {
        return view.table(Entity.class)
                .get(ResourcePath.of(tenantId, id))
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, "Entity", id));
    }

    private ObjectNode write(Entity entity, AlarmStateJson states) {
        ResourcePath path = entities.path(entity);
        List<Alarm> itsAlarms = view.table(Alarm.class).under(path);
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.set("entity", entities.write(entity));
        json.putArray("checks")
                .addAll(view.table(Check.class).under(path).stream()
                        .map(checks::write)
                        .toList());
        json.putArray("alarms")
                .addAll(itsAlarms.stream()
                        .map(alarm -> alarms.show(alarm, view))
                        .toList());
        json.putArray("latest_alarm_states")
                .addAll(itsAlarms.stream().map(states::write).toList());
        return json;
    }
}
