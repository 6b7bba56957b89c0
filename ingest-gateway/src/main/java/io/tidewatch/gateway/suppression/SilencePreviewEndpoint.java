package io.tidewatch.gateway.suppression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TimeSeriesUnavailableException;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.State;
import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Subject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a silence hits: of the alarms that there are now, in whatever state they are, and of the transitions of the last day. So nobody
 * silences more than they mean to. Called by the HTTP server's threads.
 */
public final class SilencePreviewEndpoint implements Endpoint {
    private static final Duration LOOKED_BACK = Duration.ofHours(24);

    /** The newest of the last day; some hundred bytes each. */
    private static final int MAX_TRANSITIONS_READ = 5_000;

    private static final int MAX_SHOWN = 100;

    private final ConfigurationView view;
    private final TimeSeries timeSeries;
    private final Clock clock;

    public SilencePreviewEndpoint(ConfigurationView view, TimeSeries timeSeries, Clock clock) {
        this.view = view;
        this.timeSeries = timeSeries;
        this.clock = clock;
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.get(TENANT + "/silences/{id}/preview", this::ofSaved);
        routes.post(TENANT + "/silences/preview", this::ofUnsaved);
    }

    private void ofSaved(Context ctx) {
        String tenantId = Requests.tenantId(ctx);
        String id = ctx.pathParam("id");
        Silence silence = view.table(Silence.class)
                .get(ResourcePath.of(tenantId, id))
                .orElseThrow(() -> Fault.notFound(FaultType.NOT_FOUND, "Silence", id));
        answer(ctx, tenantId, silence.getMatchers());
    }

    private void ofUnsaved(Context ctx) {
        answer(ctx, Requests.tenantId(ctx), SilenceKind.matchers(Json.parseObject(Requests.jsonBody(ctx))));
    }

    private void answer(Context ctx, String tenantId, List<AlarmMatcher> stored) {
        Matchers matchers = Matchers.of(stored);
        ObjectNode answer = Json.MAPPER.createObjectNode();
        answer.set("alarms", alarms(tenantId, matchers));
        try {
            answer.set("transitions", transitions(tenantId, matchers));
        } catch (TimeSeriesUnavailableException e) {
            answer.putNull("transitions").put("transitions_missing_because", e.getMessage());
        }
        Requests.answer(ctx, 200, answer);
    }

    private ObjectNode alarms(String tenantId, Matchers matchers) {
        List<Alarm> hit = view.table(Alarm.class).under(ResourcePath.of(tenantId)).stream()
                .filter(alarm -> matchers.match(subject(tenantId, alarm, Optional.empty())))
                .toList();
        ObjectNode json = Json.MAPPER.createObjectNode().put("total", hit.size());
        ArrayNode values = json.putArray("values");
        hit.stream()
                .limit(MAX_SHOWN)
                .forEach(alarm -> values.addObject()
                        .put("entity_id", alarm.getEntityId())
                        .put("check_id", alarm.getCheckId())
                        .put("alarm_id", alarm.getAlarmId())
                        .put("label", alarm.getLabel()));
        return json;
    }

    /** Ends of problems are told in spite of a silence. */
    private ObjectNode transitions(String tenantId, Matchers matchers) {
        Instant now = clock.instant();
        Instant from = now.minus(LOOKED_BACK);
        List<StoredTransition> newest = timeSeries.transitions(new TransitionRange(
                tenantId,
                Optional.empty(),
                Optional.empty(),
                from,
                now,
                TransitionRange.Order.NEWEST_FIRST,
                Optional.empty(),
                MAX_TRANSITIONS_READ));
        List<StoredTransition> hit = newest.stream()
                .filter(transition -> transition.state() != State.OK)
                .filter(transition -> matchers.match(subject(tenantId, transition)))
                .toList();
        boolean isComplete = newest.size() < MAX_TRANSITIONS_READ;
        ObjectNode json = Json.MAPPER
                .createObjectNode()
                .put("total", hit.size())
                .put("from", (isComplete ? from : newest.get(newest.size() - 1).timestamp()).toEpochMilli())
                .put("to", now.toEpochMilli());
        ArrayNode values = json.putArray("values");
        hit.stream()
                .limit(MAX_SHOWN)
                .forEach(transition -> values.addObject()
                        .put("id", transition.eventId())
                        .put("timestamp", transition.timestamp().toEpochMilli())
                        .put("entity_id", transition.entityId())
                        .put("alarm_id", transition.alarmId())
                        .put("state", transition.state().name())
                        .put("status", transition.status()));
        return json;
    }

    private Subject subject(String tenantId, StoredTransition transition) {
        return view.table(Alarm.class)
                .get(ResourcePath.of(tenantId, transition.entityId(), transition.alarmId()))
                .map(alarm -> subject(tenantId, alarm, Optional.of(transition.state())))
                .orElseGet(() -> Subject.of(
                        transition.entityId(),
                        entity(tenantId, transition.entityId()),
                        transition.checkId(),
                        check(tenantId, transition.entityId(), transition.checkId()),
                        transition.alarmId(),
                        null,
                        transition.state()));
    }

    private Subject subject(String tenantId, Alarm alarm, Optional<State> state) {
        return Subject.of(
                entity(tenantId, alarm.getEntityId()),
                check(tenantId, alarm.getEntityId(), alarm.getCheckId()),
                alarm,
                state);
    }

    private Optional<Entity> entity(String tenantId, String entityId) {
        return view.table(Entity.class).get(ResourcePath.of(tenantId, entityId));
    }

    private Optional<Check> check(String tenantId, String entityId, String checkId) {
        return view.table(Check.class).get(ResourcePath.of(tenantId, entityId, checkId));
    }
}
