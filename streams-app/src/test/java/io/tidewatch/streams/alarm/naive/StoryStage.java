package io.tidewatch.streams.alarm.naive;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.runtime.deadletters.ReportedElsewhere;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.streams.TopologyRig;
import io.tidewatch.streams.alarm.AlarmStores;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.topology.AlarmTopology;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** The real alarm topology, on which stories are played one after another, each with an entity of its own. */
final class StoryStage implements AutoCloseable {
    private static final String CHECK = "ch1";
    /** TopologyTestDriver has one task, which reads partition 0 of everything. */
    private static final int PARTITIONS = 1;

    private final TopologyRig rig;
    private final TestInputTopic<String, CheckResult> results;
    private final TestInputTopic<String, Check> checks;
    private final TestInputTopic<String, Alarm> alarms;
    private final Pace pace;
    private int plays;

    /** What happens between the steps of a story. */
    interface Pace {
        void afterStep(TopologyTestDriver driver);

        /** Lets all that waits be done. */
        void atEnd(TopologyTestDriver driver);
    }

    /** Nothing ever waits. */
    private static final Pace AT_ONCE = new Pace() {
        @Override
        public void afterStep(TopologyTestDriver driver) {}

        @Override
        public void atEnd(TopologyTestDriver driver) {}
    };

    StoryStage(Path stateDir, CriteriaShapes shapes) {
        this(stateDir, shapes, AT_ONCE);
    }

    StoryStage(Path stateDir, CriteriaShapes shapes, Pace pace) {
        this.pace = pace;
        InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        rig = new TopologyRig(
                AlarmTopology.build(
                        TopicNames.withDefaultPrefix(),
                        registry,
                        PARTITIONS,
                        shapes,
                        CaughtUpTime.STANDING_STILL,
                        meters),
                registry,
                meters,
                stateDir,
                ReportedElsewhere.NOTHING,
                Story.START);
        results = rig.input(Topic.CHECK_RESULTS, CheckResult.class);
        checks = rig.input(Topic.CHECKS, Check.class);
        alarms = rig.input(Topic.ALARMS, Alarm.class);
    }

    /** The entity of the story that is played next. */
    String nextEntity() {
        return "en" + (plays + 1);
    }

    /** Makes the engine keep the statement for a criteria, so that later stories find it deployed. */
    void keep(int number, String criteria) {
        if (number == 0) {
            Step.ChangeCheck nobody = new Step.ChangeCheck(30, Set.of("nobody"));
            checks.pipeInput("t/keeper/" + CHECK, check("keeper", "remote.http", nobody));
        }
        alarms.pipeInput("t/keeper/al" + number, alarm("keeper", "al" + number, criteria, false));
    }

    Outcome play(Story story) {
        plays++;
        String entity = "en" + plays;
        Map<String, Step.ChangeAlarm> left = new LinkedHashMap<>();
        TreeMap<String, List<Outcome.Transition>> transitions = new TreeMap<>();
        rig.published(Topic.ALARM_STATES, AlarmState.class);
        for (Step step : story.steps()) {
            play(entity, story.checkType(), step);
            pace.afterStep(rig.driver);
            if (step instanceof Step.ChangeAlarm change) {
                transitions.computeIfAbsent(change.alarm(), id -> new ArrayList<>());
                left.put(change.alarm(), change);
            } else if (step instanceof Step.DeleteAlarm deletion) {
                left.remove(deletion.alarm());
            }
        }
        pace.atEnd(rig.driver);
        for (TestRecord<String, AlertEvent> event : rig.published(Topic.ALERT_EVENTS, AlertEvent.class)) {
            transitions.get(event.value().getAlarmId()).add(transition(event.value()));
        }
        Map<String, AlarmState> published = states();
        Outcome outcome = new Outcome(transitions, new TreeMap<>(), new TreeMap<>());
        left.keySet().forEach(alarm -> {
            outcome.published().put(alarm, published(published.get("t/" + entity + "/" + alarm)));
            outcome.rows().put(alarm, rows("t/" + entity + "/" + CHECK + "/", alarm));
        });
        left.keySet().forEach(alarm -> play(entity, story.checkType(), new Step.DeleteAlarm(alarm)));
        return outcome;
    }

    @Override
    public void close() {
        rig.close();
    }

    private void play(String entity, String checkType, Step step) {
        if (step instanceof Step.Result result) {
            CheckResult value = result(entity, checkType, result.observation());
            results.pipeInput("t/" + entity + "/" + CHECK, value, value.getTimestamp());
        } else if (step instanceof Step.ChangeCheck change) {
            checks.pipeInput("t/" + entity + "/" + CHECK, check(entity, checkType, change));
        } else if (step instanceof Step.DeleteCheck) {
            checks.pipeInput("t/" + entity + "/" + CHECK, (Check) null);
        } else if (step instanceof Step.ChangeAlarm change) {
            pipe(entity, change);
        } else if (step instanceof Step.DeleteAlarm deletion) {
            alarms.pipeInput("t/" + entity + "/" + deletion.alarm(), (Alarm) null);
        }
    }

    private void pipe(String entity, Step.ChangeAlarm change) {
        Alarm alarm = alarm(entity, change.alarm(), change.text(), change.disabled());
        alarms.pipeInput("t/" + entity + "/" + change.alarm(), alarm);
    }

    private Map<String, AlarmState> states() {
        Map<String, AlarmState> states = new HashMap<>();
        rig.published(Topic.ALARM_STATES, AlarmState.class).forEach(record -> states.put(record.key(), record.value()));
        return states;
    }

    private static CheckResult result(String entity, String checkType, Observation observation) {
        Map<String, Metric> metrics = new HashMap<>();
        observation.metrics().forEach((name, value) -> metrics.put(name, new Metric(value, null)));
        return CheckResult.newBuilder()
                .setResultId("r")
                .setTenantId("t")
                .setEntityId(entity)
                .setCheckId(CHECK)
                .setCheckType(checkType)
                .setZoneId(observation.zone().isEmpty() ? null : observation.zone())
                .setCollectorId("stage")
                .setTimestamp(Story.START.plusMillis(observation.atMs()))
                .setAvailable(observation.available())
                .setStatus(observation.status())
                .setMetrics(metrics)
                .build();
    }

    private static Check check(String entity, String type, Step.ChangeCheck change) {
        return Check.newBuilder()
                .setTenantId("t")
                .setEntityId(entity)
                .setCheckId(CHECK)
                .setType(type)
                .setPeriodSeconds(change.periodSeconds())
                .setTimeoutSeconds(1)
                .setMonitoringZonesPoll(List.copyOf(change.zones()))
                .setCreatedAt(Story.START)
                .setUpdatedAt(Story.START)
                .build();
    }

    private static Alarm alarm(String entity, String id, String criteria, boolean disabled) {
        return Alarm.newBuilder()
                .setTenantId("t")
                .setEntityId(entity)
                .setAlarmId(id)
                .setCheckId(CHECK)
                .setLabel("a label")
                .setCriteria(criteria)
                .setDisabled(disabled)
                .setCreatedAt(Story.START)
                .setUpdatedAt(Story.START)
                .build();
    }

    private static Outcome.Transition transition(AlertEvent event) {
        Map<String, Object> metrics = new HashMap<>();
        event.getMetrics().forEach((name, metric) -> metrics.put(name, metric.getValue()));
        return new Outcome.Transition(
                event.getEventId(),
                event.getPreviousState(),
                event.getState(),
                ms(event.getTimestamp()),
                event.getStatus(),
                zone(event.getZoneId()),
                metrics,
                event.getObservations().stream()
                        .map(seen -> new Outcome.Seen(
                                zone(seen.getZoneId()), seen.getState(), seen.getStatus(), ms(seen.getTimestamp())))
                        .toList());
    }

    private static Outcome.Published published(AlarmState state) {
        return new Outcome.Published(
                state.getState(),
                state.getPreviousState(),
                state.getSince() == null ? -1 : ms(state.getSince()),
                state.getStatus(),
                state.getDisabledReason() == null,
                state.getZones().stream()
                        .map(zone -> new Outcome.Vote(zone(zone.getZoneId()), zone.getRunState(), zone.getVote()))
                        .toList());
    }

    /** What the changelogged store holds, from which a restarted task would go on. */
    private List<Outcome.Row> rows(String checkPrefix, String alarm) {
        List<Outcome.Row> rows = new ArrayList<>();
        KeyValueStore<String, ZoneMemory> memories = rig.driver.getKeyValueStore(AlarmStores.ZONES);
        try (KeyValueIterator<String, ZoneMemory> found = memories.prefixScan(checkPrefix, new StringSerializer())) {
            found.forEachRemaining(zone -> Optional.ofNullable(
                            zone.value.getVotes().get(alarm))
                    .ifPresent(vote -> rows.add(row(zone.key.substring(checkPrefix.length()), vote))));
        }
        return rows;
    }

    private static Outcome.Row row(String zone, ZoneVote vote) {
        return new Outcome.Row(
                zone,
                vote.getRunState(),
                vote.getRunLength(),
                vote.getVote(),
                vote.getStatus(),
                ms(vote.getObservedAt()));
    }

    private static String zone(@Nullable String zoneId) {
        return zoneId == null ? "" : zoneId;
    }

    private static long ms(Instant timestamp) {
        return timestamp.toEpochMilli() - Story.START.toEpochMilli();
    }
}
