package io.tidewatch.gateway.server;

import io.javalin.config.JettyConfig;
import io.tidewatch.gateway.http.ServerFaults;
import java.time.Duration;
import java.util.function.Consumer;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** The HTTP server as the API wants it: bounded, patient to a degree, and with its errors in the API's shape. */
public final class FrontDoor {
    /**
     * Names of metrics may have slashes and percent signs, which come encoded. All else that is ambiguous in a path, and {@code
     * %u0041} for a letter, is for Jetty to refuse; Javalin would let it in.
     */
    private static final UriCompliance PATHS = UriCompliance.DEFAULT.with(
            "TIDEWATCH", Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING);

    private final DoorBounds bounds;
    private final Consumer<Refusal> refusals;

    /**
     * @param refusals told of each connection and request that is turned away
     */
    public FrontDoor(DoorBounds bounds, Consumer<Refusal> refusals) {
        this.bounds = bounds;
        this.refusals = refusals;
    }

    /**
     * Puts it before what Javalin serves. Called once, before the server starts.
     *
     * @param stopTimeout what requests under way get when the server stops
     */
    public void configure(JettyConfig jetty, Duration stopTimeout) {
        jetty.modifyHttpConfiguration(http -> http.setUriCompliance(PATHS));
        jetty.modifyServletContextHandler(servlets -> servlets.setErrorHandler(new ServerFaults()));
        jetty.addConnector((server, http) -> {
            BoundedConnector connector = new BoundedConnector(server, http, bounds, refusals);
            connector.setHost(jetty.host);
            connector.setPort(jetty.port);
            connector.setIdleTimeout(DoorBounds.QUIET.toMillis());
            put(connector, server);
            return connector;
        });
        jetty.modifyServer(server -> {
            server.setStopTimeout(stopTimeout.toMillis());
            server.setErrorHandler(new ServerFaults());
        });
    }

    /** The last one put in front is the first one asked. */
    private void put(BoundedConnector connector, Server server) {
        ByteBudget answers = new ByteBudget(bounds.bufferBytes());
        server.insertHandler(new Turns(connector, bounds, refusals));
        server.insertHandler(new Answers(new HeldAnswer.Sending(connector, answers, refusals)));
        server.insertHandler(new RequestBodies(connector, new ByteBudget(bounds.bufferBytes()), refusals));
        server.insertHandler(new GracefulHandler());
    }
}
