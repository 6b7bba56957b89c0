package io.tidewatch.notifier.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.incident.Incident;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.State;
import io.tidewatch.schema.Suppression;
import io.tidewatch.schema.state.LaneMessage;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Test;

/** What a task knows of its stores alone: which alarms have a problem, which have recovered, and what withholds. */
final class SuppressionsAfterRestartTest {
    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
    private final TaskStores stores = new TaskStores(
            open("incidents", io.tidewatch.schema.Incident.class),
            open("lanes", LaneMessage.class),
            open("notifications", Notification.class),
            open("plans", NotificationPlan.class),
            open("suppressions", Suppression.class),
            open("silences", Silence.class),
            open("maintenance-windows", MaintenanceWindow.class),
            open("inhibitions", Inhibition.class));
    private final KeyValueStore<String, Entity> entities = open(Configured.ENTITIES, Entity.class);
    private final KeyValueStore<String, Check> checks = open(Configured.CHECKS, Check.class);
    private final KeyValueStore<String, Alarm> alarms = open(Configured.ALARMS, Alarm.class);
    private final Configured configured = new Configured(context);

    @Test
    void aSourceWithAProblemStillInhibits() {
        configure("router", List.of());
        configure("web", List.of());
        stores.inhibitions()
                .put(
                        "t/ih1",
                        Inhibition.newBuilder()
                                .setTenantId("t")
                                .setInhibitionId("ih1")
                                .setSource(List.of(is("router")))
                                .setTarget(List.of(is("web")))
                                .setCreatedAt(NOW)
                                .setUpdatedAt(NOW)
                                .build());
        store("router", State.CRITICAL, NOW.minusSeconds(3600));

        assertThat(verdictOfWeb()).isEqualTo(Verdict.problems("inhibition ih1 by the alarm t/router/al1"));
        store("router", State.OK, NOW.minusSeconds(1800));
        assertThat(verdictOfWeb()).isEqualTo(Verdict.NONE);
    }

    /** An alarm of this type wants three runs in a row, which takes 190 s with the timeout. */
    @Test
    void whatHasAProblemOrHasJustRecoveredStillHoldsWhatDependsOnIt() {
        configure("router", List.of());
        configure("web", List.of("router"));

        store("router", State.CRITICAL, NOW.minusSeconds(3600));
        assertThat(verdictOfWeb()).isEqualTo(Verdict.problems("depends on router, which has a problem"));
        store("router", State.OK, NOW.minusSeconds(189));
        assertThat(verdictOfWeb().until()).contains(NOW.plusSeconds(1));
        store("router", State.OK, NOW.minusSeconds(190));
        assertThat(verdictOfWeb()).isEqualTo(Verdict.NONE);
    }

    @Test
    void whatCanNotBeReadAnyMoreWithholdsNothing() {
        configure("web", List.of());
        stores.silences().put("t/si1", silence("si1", new AlarmMatcher("gone", MatchOperator.EQUAL, "x")));
        stores.silences().put("t/si2", silence("si2", is("web")));

        assertThat(verdictOfWeb().reason()).startsWith("silence si2 by ann: test, until");
    }

    /** As a task that begins now has it. */
    private Verdict verdictOfWeb() {
        return new Suppressions(stores, configured, NOW)
                .verdict(
                        "t/web/al1",
                        configured.alarm("t/web/al1"),
                        event("web", State.CRITICAL, NOW.minusSeconds(7200)),
                        incident(State.CRITICAL, NOW.minusSeconds(7200)),
                        NOW);
    }

    private void configure(String entity, List<String> dependsOn) {
        entities.put(
                "t/" + entity,
                Entity.newBuilder()
                        .setTenantId("t")
                        .setEntityId(entity)
                        .setDependsOn(dependsOn)
                        .setCreatedAt(NOW)
                        .setUpdatedAt(NOW)
                        .build());
        checks.put(
                "t/" + entity + "/ch1",
                Check.newBuilder()
                        .setTenantId("t")
                        .setEntityId(entity)
                        .setCheckId("ch1")
                        .setType("remote.ping")
                        .setPeriodSeconds(60)
                        .setTimeoutSeconds(10)
                        .setCreatedAt(NOW)
                        .setUpdatedAt(NOW)
                        .build());
        alarms.put(
                "t/" + entity + "/al1",
                Alarm.newBuilder()
                        .setTenantId("t")
                        .setEntityId(entity)
                        .setAlarmId("al1")
                        .setCheckId("ch1")
                        .setCreatedAt(NOW)
                        .setUpdatedAt(NOW)
                        .build());
    }

    private void store(String entity, State state, Instant at) {
        stores.incidents()
                .put("t/" + entity + "/al1", IncidentRecords.stored(incident(state, at), event(entity, state, at)));
    }

    private static Incident incident(State state, Instant at) {
        Incident problem = Incident.NONE.enter("begin", State.CRITICAL, at);
        return state == State.OK ? problem.enter("end", State.OK, at) : problem;
    }

    private static AlertEvent event(String entity, State state, Instant at) {
        return AlertEvent.newBuilder()
                .setEventId(state.name())
                .setTenantId("t")
                .setEntityId(entity)
                .setCheckId("ch1")
                .setAlarmId("al1")
                .setTimestamp(at)
                .setState(state)
                .setPreviousState(State.OK)
                .setStatus("")
                .setObservations(List.of())
                .setMetrics(Map.of())
                .build();
    }

    private static Silence silence(String id, AlarmMatcher matcher) {
        return Silence.newBuilder()
                .setTenantId("t")
                .setSilenceId(id)
                .setAuthor("ann")
                .setReason("test")
                .setStartTime(NOW.minusSeconds(1))
                .setEndTime(NOW.plusSeconds(1))
                .setMatchers(List.of(matcher))
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    private static AlarmMatcher is(String entity) {
        return new AlarmMatcher("entity_id", MatchOperator.EQUAL, entity);
    }

    private <T extends SpecificRecord> KeyValueStore<String, T> open(String name, Class<T> type) {
        KeyValueStore<String, T> store = Stores.keyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), new AvroSerde<>(registry, type))
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        context.addStateStore(store);
        return store;
    }
}
