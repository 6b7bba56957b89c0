package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.timeseries.StoredSuppression;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.gateway.timeseries.TransitionRange.Order;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a tenant's receivers were not told, and why. One transition may be withheld several times for different reasons, so that an
 * entry's id is its time and the transition. Called by the HTTP server's threads.
 *
 * <p>Source: the page on suppression logs of Rackspace Cloud Monitoring's manual; {@code event_id}, {@code previous_state}, {@code
 * status} and {@code reason} are Tidewatch's own.
 */
public final class SuppressionLogEndpoint implements Endpoint {
    private static final String LOGS = TENANT + "/suppression_logs";
    private static final Pattern ID = Pattern.compile("(?<ms>\\d{1,15}):(?<event>.+)");

    /** How the reason begins where it is a suppression, and not a silence or anything else that the API of Rackspace has not. */
    private static final Pattern SUPPRESSION = Pattern.compile("suppression (?<id>sp\\w+)");

    private final TimeSeries timeSeries;
    private final Clock clock;

    public SuppressionLogEndpoint(TimeSeries timeSeries, Clock clock) {
        this.timeSeries = timeSeries;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(LOGS, this::list);
        routes.get(LOGS + "/{id}", this::show);
    }

    private void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        PageRequest page = query.page();
        TransitionRange range = HistoryRange.of(Requests.tenantId(ctx), query, page, clock.instant());
        Requests.answer(
                ctx,
                200,
                page.render(
                        timeSeries.suppressions(range),
                        SuppressionLogEndpoint::id,
                        SuppressionLogEndpoint::write,
                        HistoryRange.link(ctx, range)));
    }

    private void show(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        String id = ctx.pathParam("id");
        ObjectNode shown = at(tenantId, id).stream()
                .filter(suppression -> id(suppression).equals(id))
                .findFirst()
                .map(SuppressionLogEndpoint::write)
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, "SuppressionLog", id));
        Requests.answer(ctx, 200, shown);
    }

    /** The entry with an id, if there is one, and perhaps another one after it. */
    private List<StoredSuppression> at(String tenantId, String id) {
        Matcher parts = ID.matcher(id);
        if (!parts.matches()) {
            return List.of();
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(parts.group("ms")));
        return timeSeries.suppressions(new TransitionRange(
                tenantId,
                Optional.empty(),
                Optional.empty(),
                at,
                at.plusMillis(1),
                Order.NEWEST_FIRST,
                Optional.of(new Position(at, parts.group("event"))),
                1));
    }

    private static String id(StoredSuppression suppression) {
        return HistoryMarker.of(suppression.timestamp(), suppression.eventId());
    }

    private static ObjectNode write(StoredSuppression suppression) {
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("id", id(suppression))
                .put("timestamp", suppression.timestamp().toEpochMilli())
                .put("entity_id", suppression.entityId())
                .put("alarm_id", suppression.alarmId())
                .put("check_id", suppression.checkId())
                .put("notification_plan_id", suppression.planId().orElse(null))
                .put("state", suppression.state().name())
                .put("transaction_id", suppression.eventId())
                .put("event_id", suppression.eventId())
                .put("previous_state", suppression.previousState().name())
                .put("status", suppression.status())
                .put("reason", suppression.reason());
        Matcher named = SUPPRESSION.matcher(suppression.reason());
        if (named.lookingAt()) {
            json.putArray("suppressions").add(named.group("id"));
        } else {
            json.putArray("suppressions");
        }
        return json;
    }
}
