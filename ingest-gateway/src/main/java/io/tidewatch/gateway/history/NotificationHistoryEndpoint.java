package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Link;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.gateway.timeseries.TransitionRange.Order;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import io.tidewatch.schema.Notification;
import io.tidewatch.timeseries.TableSettings;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who was told of an alarm's transitions, how often it was tried, and why somebody was not told. An item is a transition and has its
 * time, however late somebody was told of it. Called by the HTTP server's threads.
 */
public final class NotificationHistoryEndpoint implements Endpoint {
    private static final String HISTORY = TENANT + "/entities/{entityId}/alarms/{alarmId}/notification_history";
    private static final String OF_CHECK = HISTORY + "/{checkId}";

    /**
     * A page ends earlier where its transitions have more attempts together: they are read into memory, of several days at once. As
     * many as the longest page of transitions.
     */
    private static final int MAX_ATTEMPTS_OF_A_PAGE = 2 * TimeSeries.MAX_ATTEMPTS_OF_A_TRANSITION;

    /** Ends as {@code alert-events} has it; what follows the state is the notifier's, for an end that it has made up later. */
    private static final Pattern EVENT_ID = Pattern.compile(".*:(?<ms>\\d{1,15}):[A-Z]+(?<later>:.*)?");

    private static final Duration LONGEST_LATER = Duration.ofDays(400);

    private final ConfigurationView view;
    private final ResourceKind<Notification> notifications;
    private final TimeSeries timeSeries;
    private final Clock clock;

    /** @param kinds how notifications are shown */
    public NotificationHistoryEndpoint(
            ConfigurationView view, ResourceKinds kinds, TimeSeries timeSeries, Clock clock) {
        this.view = view;
        this.notifications = kinds.of(Notification.class);
        this.timeSeries = timeSeries;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(HISTORY, this::checks);
        routes.get(OF_CHECK, this::list);
        routes.get(OF_CHECK + "/{id}", this::show);
    }

    /** An alarm has one check for all its life: that of its newest attempt. */
    private void checks(Context ctx) {
        TimeRange time =
                TimeRange.ofDays(QueryParameters.of(ctx), clock.instant(), TableSettings.ATTEMPTS_KEPT_BY_DEFAULT);
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode checkIds = json.putArray("check_ids");
        timeSeries.attempts(range(ctx, time, Optional.empty(), 1), Optional.empty()).stream()
                .map(attempt -> attempt.transition().checkId())
                .forEach(checkIds::add);
        Requests.answer(ctx, 200, json);
    }

    private void list(Context ctx) {
        QueryParameters query = QueryParameters.of(ctx);
        PageRequest page = query.page();
        TimeRange time = TimeRange.ofDays(query, clock.instant());
        Optional<Position> start = page.marker().map(marker -> HistoryMarker.read(marker, time));
        List<StoredAttempt> attempts = timeSeries.attempts(
                range(ctx, time, start, MAX_ATTEMPTS_OF_A_PAGE), Optional.of(ctx.pathParam("checkId")));
        List<ToldTransition> told = ToldTransition.group(attempts);
        int whole = attempts.size() < MAX_ATTEMPTS_OF_A_PAGE ? told.size() : told.size() - 1;
        Link link = Link.to(ctx)
                .with("from", time.from().toEpochMilli())
                .with("to", time.until().toEpochMilli());
        Requests.answer(
                ctx, 200, page.render(told, whole, NotificationHistoryEndpoint::marker, json(ctx)::write, link));
    }

    private void show(Context ctx) {
        String id = ctx.pathParam("id");
        ObjectNode shown = time(id).map(time -> named(ctx, time, id)).orElse(List.of()).stream()
                .findFirst()
                .map(json(ctx)::write)
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, "NotificationHistory", id));
        Requests.answer(ctx, 200, shown);
    }

    private List<ToldTransition> named(Context ctx, TimeRange time, String id) {
        TransitionRange range = range(ctx, time, Optional.empty(), MAX_ATTEMPTS_OF_A_PAGE);
        return ToldTransition.group(timeSeries.attempts(range, Optional.of(ctx.pathParam("checkId"))).stream()
                .filter(attempt -> attempt.transition().eventId().equals(id))
                .toList());
    }

    /** When the transition with an id was; empty for what is none. */
    private Optional<TimeRange> time(String id) {
        Matcher parts = EVENT_ID.matcher(id);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Instant at = Instant.ofEpochMilli(Long.parseLong(parts.group("ms")));
        Instant now = clock.instant();
        if (parts.group("later") == null || at.isAfter(now)) {
            return Optional.of(new TimeRange(at, at.plusMillis(1)));
        }
        Instant earliest = now.minus(LONGEST_LATER);
        return Optional.of(new TimeRange(at.isBefore(earliest) ? earliest : at, now));
    }

    private static TransitionRange range(Context ctx, TimeRange time, Optional<Position> start, int limit) {
        return new TransitionRange(
                Requests.tenantId(ctx),
                Optional.of(ctx.pathParam("entityId")),
                Optional.of(ctx.pathParam("alarmId")),
                time.from(),
                time.until(),
                Order.NEWEST_FIRST,
                start,
                limit);
    }

    private static String marker(ToldTransition told) {
        return HistoryMarker.of(told.transition().timestamp(), told.eventId());
    }

    private ToldTransitionJson json(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        return new ToldTransitionJson(notificationId -> details(tenantId, notificationId));
    }

    /** As the notification is shown now, with hints in the place of secrets; nothing of one that is no longer there. */
    private ObjectNode details(String tenantId, String notificationId) {
        return view.table(Notification.class)
                .get(ResourcePath.of(tenantId, notificationId))
                .map(notifications::write)
                .map(shown -> (ObjectNode) shown.get("details"))
                .orElseGet(Json.MAPPER::createObjectNode);
    }
}
