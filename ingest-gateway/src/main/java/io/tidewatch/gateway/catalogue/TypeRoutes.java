package io.tidewatch.gateway.catalogue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import java.util.List;

/**
 * The list of all types of one sort, and each of them. Called by the HTTP server's threads.
 *
 * @param collection the last segment of the list's path
 * @param noun what a type is called in messages
 * @param types as they are shown, in the order of their ids
 */
record TypeRoutes(String collection, String noun, List<ObjectNode> types) {
    TypeRoutes {
        types = List.copyOf(types);
    }

    void addTo(RoutesConfig routes) {
        String all = Endpoint.TENANT + "/" + collection;
        String one = all + "/{id}";
        routes.get(all, this::list);
        routes.head(all, this::list);
        routes.get(one, this::show);
        routes.head(one, this::show);
    }

    private void list(Context ctx) {
        String unused = Requests.tenantId(ctx);
        PageRequest page = QueryParameters.of(ctx).page();
        List<ObjectNode> items = types.stream()
                .filter(type -> id(type).compareTo(page.marker().orElse("")) >= 0)
                .limit(page.lookAhead())
                .toList();
        Requests.answer(ctx, 200, page.render(items, Link.to(ctx)));
    }

    private void show(Context ctx) {
        String unused = Requests.tenantId(ctx);
        String id = ctx.pathParam("id");
        ObjectNode found = types.stream()
                .filter(type -> id(type).equals(id))
                .findFirst()
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, noun, id));
        Requests.answer(ctx, 200, found);
    }

    private static String id(ObjectNode type) {
        return type.get("id").textValue();
    }
}
