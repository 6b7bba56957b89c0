package io.tidewatch.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.tidewatch.channels.ChannelType;
import io.tidewatch.channels.ChannelTypes;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Json;

/**
 * The types of notification that there are, from the catalogue by which details are judged. Called by the HTTP server's threads.
 *
 * <p>Source: the notification types page of Rackspace Cloud Monitoring's manual has {@code id} and {@code fields} with {@code name},
 * {@code description} and {@code optional}; the rest is Tidewatch's own.
 */
public final class NotificationTypeEndpoint implements Endpoint {
    private final TypeRoutes routes;

    public NotificationTypeEndpoint(ChannelTypes types) {
        routes = new TypeRoutes(
                "notification_types",
                "NotificationType",
                types.list().stream().map(NotificationTypeEndpoint::write).toList());
    }

    @Override
    public void addTo(RoutesConfig all) {
        routes.addTo(all);
    }

    private static ObjectNode write(ChannelType type) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", type.id())
                .put("label", type.label())
                .put("description", type.description());
        json.set("fields", FieldJson.write(type.fields()));
        return json;
    }
}
