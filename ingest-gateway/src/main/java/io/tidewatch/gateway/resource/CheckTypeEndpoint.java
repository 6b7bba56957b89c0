package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.field.Field;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import java.util.List;
import java.util.TreeMap;

/**
 * The types of check that there are, from the catalogue by which details are judged. Called by the HTTP server's threads.
 *
 * <p>Source: the check types page of Rackspace Cloud Monitoring's manual has {@code id}, {@code type}, {@code category} and
 * {@code fields} with {@code name}, {@code description} and {@code optional}; the rest is Tidewatch's own.
 */
public final class CheckTypeEndpoint implements Endpoint {
    private static final String ALL = TENANT + "/check_types";
    private static final String ONE = ALL + "/{id}";

    private final CheckTypes types;

    public CheckTypeEndpoint(CheckTypes types) {
        this.types = types;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(ALL, this::list);
        routes.head(ALL, this::list);
        routes.get(ONE, this::show);
        routes.head(ONE, this::show);
    }

    private void list(Context ctx) {
        String unused = Requests.tenantId(ctx);
        PageRequest page = new QueryParameters(ctx.queryParamMap()).page();
        List<ObjectNode> items = types.list().stream()
                .filter(type -> type.id().compareTo(page.marker().orElse("")) >= 0)
                .limit(page.lookAhead())
                .map(CheckTypeEndpoint::write)
                .toList();
        Requests.answer(ctx, 200, page.render(items, Link.to(ctx)));
    }

    private void show(Context ctx) {
        String unused = Requests.tenantId(ctx);
        String id = ctx.pathParam("id");
        CheckType found = types.list().stream()
                .filter(type -> type.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, "CheckType", id));
        Requests.answer(ctx, 200, write(found));
    }

    private static ObjectNode write(CheckType type) {
        String runner = type.isRemote() ? "remote" : "agent";
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", type.id())
                .put("type", runner)
                .put("category", runner)
                .put("label", type.label())
                .put("description", type.description());
        json.putArray("fields")
                .addAll(type.fields().stream().map(CheckTypeEndpoint::write).toList());
        if (type.hasKnownMetrics()) {
            json.putArray("metrics")
                    .addAll(type.metrics().stream()
                            .map(CheckTypeEndpoint::write)
                            .toList());
        } else {
            json.putNull("metrics");
        }
        return json.put("consecutive_count", type.consecutiveCount());
    }

    private static ObjectNode write(Field<?> field) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("name", field.name())
                .put("description", field.description())
                .put("optional", !field.isRequired())
                .put("kind", field.form().kind().word())
                .put("accepted", field.form().accepted())
                .put("secret", field.isSecret());
        json.set("default", Json.MAPPER.valueToTree(field.otherwise().orElse(null)));
        json.set("limits", Json.MAPPER.valueToTree(new TreeMap<>(field.form().limits())));
        return json;
    }

    private static ObjectNode write(DeclaredMetric metric) {
        return Json.MAPPER
                .createObjectNode()
                .put("name", metric.name())
                .put("type", metric.type().word())
                .put("unit", metric.unit().word().orElse(null));
    }
}
