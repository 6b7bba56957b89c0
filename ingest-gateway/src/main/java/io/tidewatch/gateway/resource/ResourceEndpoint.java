package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.ConfigurationWriter;
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
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Entity;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Create, read, list, change and delete for one kind of resource. A change is answered when Kafka has acknowledged it and
 * this gateway's view shows it. Called by the HTTP server's threads.
 *
 * <p>After a 503 the sender does not know whether the change was made: it may be there already, or come still. Changing and
 * deleting again is safe; creating again may leave two.
 */
public final class ResourceEndpoint<T extends SpecificRecord> implements Endpoint {
    private static final String ENTITIES = "/entities";
    private static final String ENTITY_ID = "entityId";

    /** As often a change is made anew because somebody else changed the same resource meanwhile. */
    private static final int MAX_ATTEMPTS = 20;

    private final ResourceKind<T> kind;
    private final ResourceKinds kinds;
    private final ConfigurationView view;
    private final ResourceTable<T> table;
    private final ConfigurationWriter writer;
    private final ResourceBounds bounds;
    private final Clock clock;
    private final ResourceIds ids = new ResourceIds();

    /**
     * @param kinds all there are, for what is deleted with a resource of this kind
     */
    public ResourceEndpoint(
            ResourceKind<T> kind,
            ResourceKinds kinds,
            ConfigurationView view,
            ConfigurationWriter writer,
            ResourceBounds bounds,
            Clock clock) {
        this.kind = kind;
        this.kinds = kinds;
        this.view = view;
        this.table = view.table(kind.recordClass());
        this.writer = writer;
        this.bounds = bounds;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        String all = TENANT + (kind.isOfEntity() ? ENTITIES + "/{" + ENTITY_ID + "}" : "") + "/" + kind.collection();
        String one = all + "/{id}";
        routes.post(all, this::create);
        routes.get(all, this::list);
        routes.head(all, this::list);
        routes.get(one, this::show);
        routes.head(one, this::show);
        routes.put(one, this::update);
        routes.delete(one, this::delete);
    }

    private void create(Context ctx) {
        ObjectNode fields = Json.parseObject(Requests.jsonBody(ctx));
        ResourcePath collection = collection(ctx);
        requireParent(collection);
        requireRoom(collection.tenantId());
        ResourcePath path = freePath(collection);
        Instant now = now();
        T created = sized(kind.read(path, fields, now, now, view));
        writer.change(collection.tenantId(), () -> {
            requireParent(collection);
            requireRoom(collection.tenantId());
            return put(created, null);
        });
        answer(ctx, 201, Requests.url(ctx) + "/" + path.id(), path);
    }

    private void list(Context ctx) {
        ResourcePath collection = collection(ctx);
        requireParent(collection);
        PageRequest page = QueryParameters.of(ctx).page();
        List<T> items = items(collection, page);
        Suppressions suppressions = suppressions(collection);
        Requests.answer(
                ctx,
                200,
                page.render(
                        items,
                        resource -> kind.path(resource).id(),
                        resource -> kind.show(resource, view, suppressions),
                        Link.to(ctx)));
    }

    /** The tenant's own resources and those that are built in. */
    private List<T> items(ResourcePath collection, PageRequest page) {
        String fromId = page.marker().orElse("");
        return Stream.concat(
                        table.page(collection, fromId, page.lookAhead()).stream(),
                        kind.builtIn(collection.tenantId()).stream()
                                .filter(resource -> kind.path(resource).id().compareTo(fromId) >= 0))
                .sorted(Comparator.comparing(resource -> kind.path(resource).id()))
                .limit(page.lookAhead())
                .toList();
    }

    private void show(Context ctx) {
        ResourcePath path = path(ctx);
        Requests.answer(ctx, 200, kind.show(require(path), view, suppressions(path)));
    }

    private void update(Context ctx) {
        ObjectNode changes = Json.parseObject(Requests.jsonBody(ctx));
        ResourcePath path = path(ctx);
        for (int attempt = 1; !update(path, changes); attempt++) {
            if (attempt == MAX_ATTEMPTS) {
                throw new LogUnavailableException("Others change this all the time; it was not changed", null);
            }
        }
        answer(ctx, 204, Requests.url(ctx), path);
    }

    /** False when it has been changed meanwhile by somebody else, and nothing was done. */
    private boolean update(ResourcePath path, ObjectNode changes) {
        T before = requireOwn(path);
        T after = sized(changed(path, before, changes));
        AtomicBoolean isStill = new AtomicBoolean();
        writer.change(path.tenantId(), () -> {
            isStill.set(require(path) == before);
            return isStill.get() ? put(after, before) : List.of();
        });
        return isStill.get();
    }

    private void delete(Context ctx) {
        ResourcePath path = path(ctx);
        writer.change(path.tenantId(), () -> {
            T deleted = requireOwn(path);
            kind.requireUnnamed(deleted, view);
            LogEntry tombstone = kind.put(deleted).tombstone();
            List<List<LogEntry>> tombstones = new ArrayList<>(kinds.tombstonesBelow(path, view));
            tombstones.add(List.of(tombstone));
            return tombstones;
        });
        ctx.status(204);
    }

    /** Where the resource is, and its id, which clients read from the answers to creations and to changes; and what is odd about it. */
    private void answer(Context ctx, int status, String location, ResourcePath path) {
        ctx.status(status);
        ctx.header("Location", location);
        ctx.header("X-Object-Id", path.id());
        List<String> warnings =
                table.get(path).map(resource -> kind.warnings(resource, view)).orElse(List.of());
        if (!warnings.isEmpty()) {
            Requests.warn(ctx, String.join("; ", warnings));
        }
    }

    /** While no other change of the tenant is under way. */
    private List<List<LogEntry>> put(T after, @Nullable T before) {
        kind.require(after, view);
        LogEntry entry = kind.put(after);
        bounds.requireMemory(kind.path(after).tenantId(), after, before, table, view);
        return List.of(List.of(entry));
    }

    private T sized(T resource) {
        ResourceBounds.requireSize(resource, kind.noun());
        return resource;
    }

    private T changed(ResourcePath path, T before, ObjectNode changes) {
        ObjectNode fields = kind.show(before, view, suppressions(path));
        Instant createdAt =
                Instant.ofEpochMilli(fields.get(ResourceJson.CREATED_AT).longValue());
        overlay(fields, changes);
        fields.remove(ResourceFields.READ_ONLY);
        return kind.read(path, fields, createdAt, now(), view);
    }

    /** What isn't mentioned stays; null takes a field away; what can't be changed may be repeated as it is. */
    private void overlay(ObjectNode fields, ObjectNode changes) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String name = change.getKey();
            if (!ResourceFields.READ_ONLY.contains(name)
                    && !kind.setAtCreation().contains(name)) {
                fields.set(name, change.getValue());
            } else if (!change.getValue().equals(fields.get(name))
                    && !(change.getValue().isNull() && !fields.has(name))) {
                throw Fault.badField(name, "can't be changed: leave it out, or send it as it is, " + fields.get(name));
            }
        }
    }

    private Suppressions suppressions(ResourcePath path) {
        return Suppressions.of(path.tenantId(), view, now());
    }

    /** One that may be changed and deleted. */
    private T requireOwn(ResourcePath path) {
        T found = require(path);
        if (kind.builtIn(path.tenantId()).stream()
                .anyMatch(resource -> kind.path(resource).equals(path))) {
            throw new Fault(
                    FaultType.FORBIDDEN,
                    kind.noun() + " " + path.id()
                            + " is built in: every tenant has it, and none can change or delete it",
                    Map.of("object", kind.noun(), "key", path.id()));
        }
        return found;
    }

    private T require(ResourcePath path) {
        return kind.find(path, view).orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, kind.noun(), path.id()));
    }

    private void requireParent(ResourcePath collection) {
        if (kind.isOfEntity() && view.table(Entity.class).get(collection).isEmpty()) {
            throw Fault.notFound(FaultType.PARENT_NOT_FOUND, "Entity", collection.entityId());
        }
    }

    private void requireRoom(String tenantId) {
        if (table.count(ResourcePath.of(tenantId)) >= kind.maxPerTenant()) {
            throw new Fault(
                    FaultType.LIMIT_REACHED,
                    "A tenant may have " + kind.maxPerTenant() + " of the kind " + kind.noun(),
                    Map.of("object", kind.noun(), "limit", kind.maxPerTenant()));
        }
    }

    private ResourcePath freePath(ResourcePath collection) {
        ResourcePath path = collection.child(ids.next(kind.idPrefix()));
        return table.get(path).isEmpty() ? path : freePath(collection);
    }

    /** As precise as the records, so that a resource reads the same before and after it went through Kafka. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private ResourcePath collection(Context ctx) {
        ResourcePath tenant = ResourcePath.of(Requests.tenantId(ctx));
        return kind.isOfEntity() ? tenant.child(ctx.pathParam(ENTITY_ID)) : tenant;
    }

    private ResourcePath path(Context ctx) {
        return collection(ctx).child(ctx.pathParam("id"));
    }
}
