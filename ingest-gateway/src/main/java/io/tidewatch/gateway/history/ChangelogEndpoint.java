package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TransitionRange;
import java.time.Clock;
import java.util.List;

/** The transitions of a tenant's alarms. Called by the HTTP server's threads. */
public final class ChangelogEndpoint implements Endpoint {
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
        TransitionRange range = HistoryRange.of(Requests.tenantId(ctx), query, page, clock.instant());
        List<StoredTransition> transitions = timeSeries.transitions(range);
        Link link = HistoryRange.link(ctx, range);
        Requests.answer(ctx, 200, page.render(transitions, ChangelogEndpoint::marker, ChangelogEndpoint::write, link));
    }

    private static String marker(StoredTransition transition) {
        return HistoryMarker.of(transition.timestamp(), transition.eventId());
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
