package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.configuration.ConfigurationWriter;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.ResourcePath;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Create, read, list, change and delete for one kind of resource. A change is answered when Kafka has acknowledged it and
 * this gateway's view shows it. Called by the HTTP server's threads.
 *
 * <p>After a 503 the sender does not know whether the change was made: it may be there already, or come still. Changing and
 * deleting again is safe; creating again may leave two.
 */
public final class ResourceEndpoint<T> {
    private final ResourceKind<T> kind;
    private final ConfigurationView view;
    private final ConfigurationWriter writer;
    private final Clock clock;
    private final ResourceIds ids = new ResourceIds();

    public ResourceEndpoint(ResourceKind<T> kind, ConfigurationView view, ConfigurationWriter writer, Clock clock) {
        this.kind = kind;
        this.view = view;
        this.writer = writer;
        this.clock = clock;
    }

    public void create(Context ctx) {
        ObjectNode fields = Json.parseObject(Requests.jsonBody(ctx));
        ResourcePath collection = collection(ctx);
        ResourcePath created = writer.inTurn(collection.tenantId(), () -> create(collection, fields));
        ctx.status(201);
        ctx.header("Location", Requests.url(ctx) + "/" + created.id());
        ctx.header("X-Object-Id", created.id());
    }

    public void list(Context ctx) {
        ResourcePath collection = collection(ctx);
        requireParent(collection);
        PageRequest page = PageRequest.of(
                Optional.ofNullable(ctx.queryParam("limit")), Optional.ofNullable(ctx.queryParam("marker")));
        List<ObjectNode> items = kind.table().page(collection, page.marker().orElse(""), page.lookAhead()).stream()
                .map(kind::write)
                .toList();
        Requests.answer(ctx, 200, page.render(items, Link.to(ctx)));
    }

    public void show(Context ctx) {
        Requests.answer(ctx, 200, kind.write(require(path(ctx))));
    }

    public void update(Context ctx) {
        ObjectNode changes = Json.parseObject(Requests.jsonBody(ctx));
        ResourcePath path = path(ctx);
        writer.inTurn(path.tenantId(), () -> update(path, changes));
        ctx.status(204);
    }

    public void delete(Context ctx) {
        ResourcePath path = path(ctx);
        writer.inTurn(path.tenantId(), () -> {
            kind.delete(require(path)).forEach(writer::write);
            return path;
        });
        ctx.status(204);
    }

    private ResourcePath create(ResourcePath collection, ObjectNode fields) {
        requireParent(collection);
        requireRoom(collection.tenantId());
        ResourcePath path = freePath(collection);
        Instant now = now();
        writer.write(List.of(kind.put(kind.read(path, fields, now, now))));
        return path;
    }

    private ResourcePath update(ResourcePath path, ObjectNode changes) {
        ObjectNode fields = kind.write(require(path));
        Instant createdAt =
                Instant.ofEpochMilli(fields.get(ResourceJson.CREATED_AT).longValue());
        overlay(fields, changes, kind.unchangeable());
        fields.remove(ResourceJson.READ_ONLY);
        writer.write(List.of(kind.put(kind.read(path, fields, createdAt, now()))));
        return path;
    }

    /** What isn't mentioned stays; null takes a field away; what can't be changed may be repeated as it is. */
    private static void overlay(ObjectNode fields, ObjectNode changes, Set<String> unchangeable) {
        for (Map.Entry<String, JsonNode> change : changes.properties()) {
            String name = change.getKey();
            if (!unchangeable.contains(name)) {
                fields.set(name, change.getValue());
            } else if (!change.getValue().equals(fields.get(name))) {
                throw Fault.badField(name, "can't be changed: leave it out, or send it as it is, " + fields.get(name));
            }
        }
    }

    private T require(ResourcePath path) {
        return kind.table().get(path).orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, kind.noun(), path.id()));
    }

    private void requireParent(ResourcePath collection) {
        boolean underEntity = collection.segments().size() > 1;
        if (underEntity && view.entities().get(collection).isEmpty()) {
            throw Fault.notFound(FaultType.PARENT_NOT_FOUND, "Entity", collection.entityId());
        }
    }

    private void requireRoom(String tenantId) {
        if (kind.table().count(ResourcePath.of(tenantId)) >= kind.maxPerTenant()) {
            throw new Fault(
                    FaultType.LIMIT_REACHED,
                    "A tenant may have " + kind.maxPerTenant() + " of the kind " + kind.noun(),
                    Map.of("object", kind.noun(), "limit", kind.maxPerTenant()));
        }
    }

    private ResourcePath freePath(ResourcePath collection) {
        ResourcePath path = collection.child(ids.next(kind.idPrefix()));
        return kind.table().get(path).isEmpty() ? path : freePath(collection);
    }

    /** As precise as the records, so that a resource reads the same before and after it went through Kafka. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static ResourcePath collection(Context ctx) {
        ResourcePath tenant = ResourcePath.of(Requests.tenantId(ctx));
        String entityId = ctx.pathParamMap().get("entityId");
        return entityId == null ? tenant : tenant.child(entityId);
    }

    private static ResourcePath path(Context ctx) {
        return collection(ctx).child(ctx.pathParam("id"));
    }
}
