package io.tidewatch.gateway.history;

import io.javalin.http.Context;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.gateway.timeseries.TransitionRange.Order;
import java.time.Instant;
import java.util.Optional;

/** What part of a tenant's history a request is about: of all alarms, of an entity's or of one, within some time. */
final class HistoryRange {
    private static final String ENTITY_ID = "entityId";
    private static final String ALARM_ID = "alarmId";
    private static final String REVERSE = "reverse";

    private HistoryRange() {}

    /**
     * @throws Fault when the parameters are wrong
     */
    static TransitionRange of(String tenantId, QueryParameters query, PageRequest page, Instant now) {
        Optional<String> entityId = query.one(ENTITY_ID);
        Optional<String> alarmId = query.one(ALARM_ID);
        if (alarmId.isPresent() && entityId.isEmpty()) {
            throw Fault.badField(ALARM_ID, "needs the alarm's entityId beside it");
        }
        TimeRange time = TimeRange.ofDays(query, now);
        return new TransitionRange(
                tenantId,
                entityId,
                alarmId,
                time.from(),
                time.until(),
                query.flag(REVERSE) ? Order.NEWEST_FIRST : Order.OLDEST_FIRST,
                page.marker().map(marker -> HistoryMarker.read(marker, time)),
                page.lookAhead());
    }

    /** The list that was asked for, with the time that was chosen for it. */
    static Link link(Context ctx, TransitionRange range) {
        return Link.to(ctx, ENTITY_ID, ALARM_ID, REVERSE)
                .with("from", range.from().toEpochMilli())
                .with("to", range.until().toEpochMilli());
    }
}
