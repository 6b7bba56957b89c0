package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.gateway.timeseries.TransitionRange.Order;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The transitions of a tenant's alarms. Called by the HTTP server's threads. */
public final class ChangelogEndpoint implements Endpoint {
    private static final Duration LONGEST_RANGE = Duration.ofDays(400);

    private final TimeSeries timeSeries;
    private final Clock clock;

    public ChangelogEndpoint(TimeSeries timeSeries, Clock clock) {
        this.timeSeries = timeSeries;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(TENANT + "/changelogs/alarms", this::list);
    }

    private void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        PageRequest page = query.page();
        TransitionRange range = range(Requests.tenantId(ctx), query, page, clock.instant());
        List<StoredTransition> transitions = timeSeries.transitions(range);
        Link link = Link.to(ctx, "entityId", "alarmId", "reverse")
                .with("from", range.from().toEpochMilli())
                .with("to", range.until().toEpochMilli());
        Requests.answer(ctx, 200, page.render(transitions, ChangelogEndpoint::marker, ChangelogEndpoint::write, link));
    }

    private static TransitionRange range(String tenantId, QueryParameters query, PageRequest page, Instant now) {
        Optional<String> entityId = query.one("entityId");
        Optional<String> alarmId = query.one("alarmId");
        if (alarmId.isPresent() && entityId.isEmpty()) {
            throw Fault.badField("alarmId", "needs the alarm's entityId beside it");
        }
        TimeRange time = TimeRange.of(query, now).requireAtMost(LONGEST_RANGE, "ask for one year after the other");
        return new TransitionRange(
                tenantId,
                entityId,
                alarmId,
                time.from(),
                time.until(),
                query.flag("reverse") ? Order.NEWEST_FIRST : Order.OLDEST_FIRST,
                page.marker().map(marker -> requireWithin(time, position(marker))),
                page.lookAhead());
    }

    /** A marker from elsewhere would be read from all days up to the range, or from all days there are. */
    private static Position requireWithin(TimeRange time, Position position) {
        if (!time.contains(position.timestamp())) {
            throw Fault.badField(
                    "marker",
                    "is not of this list, which goes from " + time.from().toEpochMilli() + " to right before "
                            + time.until().toEpochMilli());
        }
        return position;
    }

    /** Transitions have no other order than that of time, in which many may share a millisecond. */
    private static String marker(StoredTransition transition) {
        return transition.timestamp().toEpochMilli() + ":" + transition.eventId();
    }

    private static Position position(String marker) {
        String[] parts = marker.split(":", 2);
        if (parts.length < 2) {
            throw Fault.badField("marker", "is none that this list has given");
        }
        return new Position(QueryParameters.time("marker", parts[0]), parts[1]);
    }

    private static ObjectNode write(StoredTransition transition) {
        return Json.MAPPER
                .createObjectNode()
                .put("id", transition.eventId())
                .put("timestamp", transition.timestamp().toEpochMilli())
                .put("entity_id", transition.entityId())
                .put("alarm_id", transition.alarmId())
                .put("check_id", transition.checkId())
                .put("state", transition.state().name())
                .put("previous_state", transition.previousState().name())
                .put("status", transition.status())
                .put("analyzed_by_monitoring_zone_id", transition.zoneId().orElse(null));
    }
}
