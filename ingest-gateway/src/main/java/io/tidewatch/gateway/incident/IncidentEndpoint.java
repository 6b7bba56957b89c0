package io.tidewatch.gateway.incident;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ResourceTable;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.RecordLog;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.CommandKind;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Shows incidents, and takes commands about them. A command is answered when Kafka has it, and takes effect when the notifier has
 * read it; to repeat one is safe. Called by the HTTP server's threads.
 */
public final class IncidentEndpoint implements Endpoint {
    private static final String NOUN = "Incident";
    private static final String INCIDENTS = TENANT + "/incidents";
    private static final String ONE = INCIDENTS + "/{id}";
    private static final String STATE = "state";
    private static final String ENTITY_ID = "entity_id";

    private final ResourceTable<Incident> incidents;
    private final RecordLog log;
    private final Clock clock;

    public IncidentEndpoint(ResourceTable<Incident> incidents, RecordLog log, Clock clock) {
        this.incidents = incidents;
        this.log = log;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(INCIDENTS, this::list);
        routes.head(INCIDENTS, this::list);
        routes.get(ONE, this::show);
        routes.head(ONE, this::show);
        routes.post(ONE + "/acknowledge", ctx -> command(CommandKind.ACKNOWLEDGE, ctx));
        routes.post(ONE + "/unacknowledge", ctx -> command(CommandKind.UNACKNOWLEDGE, ctx));
    }

    /** By entity and alarm; those that are over only if asked for. */
    private void list(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        QueryParameters query = QueryParameters.of(ctx);
        PageRequest page = query.page();
        boolean openOnly = isOpenOnly(query);
        String fromKey = page.marker().map(marker -> key(tenantId, marker)).orElse("");
        List<Incident> found = incidents.under(parent(tenantId, query.one(ENTITY_ID))).stream()
                .filter(incident -> !openOnly || incident.getState() != State.OK)
                .filter(incident ->
                        IncidentId.of(incident).path(tenantId).toString().compareTo(fromKey) >= 0)
                .limit(page.lookAhead())
                .toList();
        Link link = Link.to(ctx, STATE, ENTITY_ID);
        Requests.answer(
                ctx, 200, page.render(found, incident -> IncidentId.of(incident).toString(), IncidentJson::of, link));
    }

    private void show(Context ctx) {
        IncidentId id = id(ctx);
        Incident newest = newest(Requests.tenantId(ctx), id);
        if (newest.getNumber() != id.number()) {
            throw absent(id);
        }
        Requests.answer(ctx, 200, IncidentJson.of(newest));
    }

    private void command(CommandKind kind, Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        IncidentId id = id(ctx);
        Incident incident = requireOpen(newest(tenantId, id), id);
        IncidentCommand command = CommandFields.read(
                kind,
                incident,
                Json.parseOptionalObject(Requests.jsonBody(ctx)),
                QueryParameters.of(ctx),
                clock.instant().truncatedTo(ChronoUnit.MILLIS));
        log.append(List.of(new LogEntry(
                Topic.INCIDENT_COMMANDS, id.path(tenantId).toString(), Optional.of(tenantId), Optional.of(command))));
        ctx.status(202);
    }

    private static boolean isOpenOnly(QueryParameters query) {
        return query.one(STATE)
                .map(text -> switch (text) {
                    case "open" -> true;
                    case "all" -> false;
                    default -> throw Fault.badField(STATE, "has to be open or all");
                })
                .orElse(true);
    }

    private static ResourcePath parent(String tenantId, Optional<String> entityId) {
        ResourcePath tenant = ResourcePath.of(tenantId);
        return entityId.map(tenant::child).orElse(tenant);
    }

    private static String key(String tenantId, String marker) {
        return IncidentId.parse(marker)
                .orElseThrow(() -> Fault.badField("marker", "is none that this list has given"))
                .path(tenantId)
                .toString();
    }

    private static IncidentId id(Context ctx) {
        String id = ctx.pathParam("id");
        return IncidentId.parse(id).orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, NOUN, id));
    }

    private Incident newest(String tenantId, IncidentId id) {
        return incidents
                .get(id.path(tenantId))
                .filter(incident -> incident.getNumber() >= id.number())
                .orElseThrow(() -> absent(id));
    }

    private static Incident requireOpen(Incident newest, IncidentId id) {
        if (newest.getNumber() != id.number() || newest.getState() == State.OK) {
            throw new Fault(
                    FaultType.CONFLICT,
                    NOUN + " " + id + " is over: only an incident that is open can be acknowledged",
                    Map.of("object", NOUN, "key", id.toString()));
        }
        return newest;
    }

    private static Fault absent(IncidentId id) {
        return Fault.notFound(FaultType.NOT_FOUND, NOUN, id.toString());
    }
}
