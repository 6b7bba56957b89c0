package io.tidewatch.gateway.http;

import io.javalin.config.RoutesConfig;

/** Some routes of the API, and what answers them. */
public interface Endpoint {
    /** What the paths of a tenant's things begin with. */
    String TENANT = "/v1.0/{tenantId}";

    /** Adds this endpoint's routes. Called once, before the server starts. */
    void addTo(RoutesConfig routes);
}
