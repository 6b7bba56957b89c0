package io.tidewatch.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Json;

/**
 * The types of check that there are, from the catalogue by which details are judged. Called by the HTTP server's threads.
 *
 * <p>Source: the check types page of Rackspace Cloud Monitoring's manual has {@code id}, {@code type}, {@code category} and
 * {@code fields} with {@code name}, {@code description} and {@code optional}; the rest is Tidewatch's own.
 */
public final class CheckTypeEndpoint implements Endpoint {
    private final TypeRoutes routes;

    public CheckTypeEndpoint(CheckTypes types) {
        routes = new TypeRoutes(
                "check_types",
                "CheckType",
                types.list().stream().map(CheckTypeEndpoint::write).toList());
    }

    @Override
    public void addTo(RoutesConfig all) {
        routes.addTo(all);
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
        json.set("fields", FieldJson.write(type.fields()));
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

    private static ObjectNode write(DeclaredMetric metric) {
        return Json.MAPPER
                .createObjectNode()
                .put("name", metric.name())
                .put("type", metric.type().word())
                .put("unit", metric.unit().word().orElse(null));
    }
}
