package io.tidewatch.gateway.trial;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.RecordLog;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.resource.ResourceBounds;
import io.tidewatch.gateway.resource.ResourceIds;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Notification;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/**
 * Tries a notification: sends a test message the way that all messages go, and answers with what came of it. The request's thread
 * waits meanwhile; such requests have threads of their own. Called by the HTTP server's threads.
 */
public final class TestNotificationEndpoint implements Endpoint {
    private static final String LABEL = "label";
    private static final Set<String> NO_FIELDS = Set.of();

    /** Clients send them here, and always as null. */
    private static final Set<String> WHO_AND_WHY = Set.of("who", "why");

    private final ResourceKind<Notification> notifications;
    private final ConfigurationView view;
    private final RecordLog log;
    private final AwaitedAttempts attempts;
    private final Duration timeout;
    private final Clock clock;
    private final ResourceIds ids = new ResourceIds();

    /** @param timeout for the answer of the receiver */
    public TestNotificationEndpoint(
            ResourceKind<Notification> notifications,
            ConfigurationView view,
            RecordLog log,
            AwaitedAttempts attempts,
            Duration timeout,
            Clock clock) {
        this.notifications = notifications;
        this.view = view;
        this.log = log;
        this.attempts = attempts;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(TENANT + "/notifications/{id}/test", this::testStored);
        routes.post(TENANT + "/test-notification", this::testGiven);
    }

    private void testStored(Context ctx) {
        ResourcePath path = ResourcePath.of(Requests.tenantId(ctx), ctx.pathParam("id"));
        new JsonFields(Json.parseOptionalObject(Requests.jsonBody(ctx)), "", NO_FIELDS);
        test(
                ctx,
                notifications
                        .find(path, view)
                        .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, notifications.noun(), path.id())));
    }

    /** A label may be left out; all else is as it is for a notification that is created. */
    private void testGiven(Context ctx) {
        ObjectNode fields = Json.parseObject(Requests.jsonBody(ctx));
        if (!fields.hasNonNull(LABEL)) {
            fields.put(LABEL, "test-notification");
        }
        fields.remove(WHO_AND_WHY);
        ResourcePath path = ResourcePath.of(Requests.tenantId(ctx), ids.next(notifications.idPrefix()));
        Instant now = now();
        Notification given = notifications.read(path, fields, now, now, view);
        ResourceBounds.requireSize(given, notifications.noun());
        test(ctx, given);
    }

    private void test(Context ctx, Notification tested) {
        Delivery delivery = TestDelivery.of(tested, UUID.randomUUID().toString().replace("-", ""), now());
        DeliveryAttempt attempt = attempts.await(
                        delivery.getDeliveryId(), () -> log.append(List.of(TestDelivery.entry(delivery))), timeout)
                .orElseThrow(() -> unknown(delivery));
        Requests.answer(ctx, 200, answer(attempt));
    }

    private static ObjectNode answer(DeliveryAttempt attempt) {
        boolean confirmed = attempt.getResult() == AttemptResult.CONFIRMED;
        return Json.MAPPER
                .createObjectNode()
                .put("status", confirmed ? "success" : "failed")
                .put("message", confirmed ? "The receiver has confirmed the message" : attempt.getReason())
                .put("took_ms", attempt.getTookMs())
                .put("proxy", Objects.requireNonNullElse(attempt.getProxy(), "none"))
                .put("delivery_id", attempt.getDeliveryId());
    }

    private Fault unknown(Delivery delivery) {
        return new Fault(
                FaultType.NO_ANSWER,
                "How the test ends is not known after " + timeout.toMillis()
                        + " ms: no notifier has told of it, or the receiver takes longer. What becomes of it will be on"
                        + " delivery-attempts",
                Map.of("delivery_id", delivery.getDeliveryId()));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
