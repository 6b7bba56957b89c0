package io.tidewatch.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.ExternalEffect;
import io.tidewatch.runtime.deadletters.CutValues;
import io.tidewatch.runtime.quarantine.Guard;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.intake.ValidateResult;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.sink.WriteBarrier;
import io.tidewatch.streams.sink.WriteRows;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Executors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** The graph of the application {@code sink}: results, rollups, texts, what alarms did and who was told in, rows of Cassandra out. */
public final class SinkTopology {
    private static final String READ_CHECK_RESULTS = "read-check-results";
    private static final String WRITE_RESULTS = "write-results";
    private static final String PUT_RESULTS_ASIDE = "put-results-aside";
    private static final String READ_METRIC_ROLLUPS = "read-metric-rollups";
    private static final String WRITE_ROLLUPS = "write-rollups";
    private static final String LIST_NUMERIC_METRICS = "list-numeric-metrics";
    private static final String PUT_ROLLUPS_ASIDE = "put-rollups-aside";
    private static final String READ_TEXT_CHANGES = "read-text-changes";
    private static final String WRITE_TEXTS = "write-texts";
    private static final String LIST_TEXT_METRICS = "list-text-metrics";
    private static final String PUT_TEXTS_ASIDE = "put-texts-aside";
    private static final String READ_ALERT_EVENTS = "read-alert-events";
    private static final String WRITE_TRANSITIONS_BY_ALARM = "write-transitions-by-alarm";
    private static final String WRITE_TRANSITIONS_BY_TENANT = "write-transitions-by-tenant";
    private static final String PUT_TRANSITIONS_ASIDE = "put-transitions-aside";
    private static final String READ_ALARM_STATES = "read-alarm-states";
    private static final String WRITE_ALARM_STATES = "write-alarm-states";
    private static final String PUT_ALARM_STATES_ASIDE = "put-alarm-states-aside";
    private static final String READ_DELIVERY_ATTEMPTS = "read-delivery-attempts";
    private static final String WRITE_ATTEMPTS_BY_ALARM = "write-attempts-by-alarm";
    private static final String WRITE_SUPPRESSION_LOGS = "write-suppression-logs";
    private static final String PUT_ATTEMPTS_ASIDE = "put-attempts-aside";

    /** What its nodes do outside Kafka. */
    public static final List<ExternalEffect> EFFECTS = List.of(
            new ExternalEffect(WRITE_RESULTS, "Cassandra", "upserts a row of results"),
            new ExternalEffect(WRITE_ROLLUPS, "Cassandra", "upserts a row of its resolution's rollups"),
            new ExternalEffect(WRITE_TEXTS, "Cassandra", "upserts a row of texts"),
            new ExternalEffect(
                    LIST_NUMERIC_METRICS, "Cassandra", "upserts a row of metrics for one not seen this month"),
            new ExternalEffect(LIST_TEXT_METRICS, "Cassandra", "upserts a row of metrics for one not seen this month"),
            new ExternalEffect(WRITE_TRANSITIONS_BY_ALARM, "Cassandra", "upserts a row of transitions_by_alarm"),
            new ExternalEffect(WRITE_TRANSITIONS_BY_TENANT, "Cassandra", "upserts a row of transitions_by_tenant"),
            new ExternalEffect(WRITE_ALARM_STATES, "Cassandra", "upserts or deletes a row of alarm_states"),
            new ExternalEffect(
                    WRITE_ATTEMPTS_BY_ALARM, "Cassandra", "upserts a row of attempts_by_alarm for one of an alarm"),
            new ExternalEffect(
                    WRITE_SUPPRESSION_LOGS,
                    "Cassandra",
                    "upserts a row of suppression_logs for one that was withheld"));

    private final TopicNames topics;
    private final SchemaRegistry registry;
    private final WriteBarrier barrier;
    private final MeterRegistry meters;
    private final Guard guard;

    public SinkTopology(TopicNames topics, SchemaRegistry registry, WriteBarrier barrier, MeterRegistry meters) {
        this(topics, registry, barrier, meters, Guard.NONE);
    }

    /** @param guard put around each processor */
    public SinkTopology(
            TopicNames topics, SchemaRegistry registry, WriteBarrier barrier, MeterRegistry meters, Guard guard) {
        this.topics = topics;
        this.registry = registry;
        this.barrier = barrier;
        this.meters = meters;
        this.guard = guard;
    }

    /**
     * The graph without Cassandra, to be drawn and never run.
     *
     * @param partitions how many partitions {@code check-results} has
     */
    public static Topology unconnected(
            TopicNames topics, SchemaRegistry registry, int partitions, MeterRegistry meters) {
        WriteBarrier unused = new WriteBarrier(
                new WriteBarrier.Limits(1, Duration.ZERO, Duration.ZERO),
                failure -> true,
                Executors.newSingleThreadScheduledExecutor(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                meters);
        return new SinkTopology(topics, registry, unused, meters).build(partitions, Inserts.unprepared());
    }

    /**
     * @param partitions how many partitions {@code check-results} has
     */
    public Topology build(int partitions, Inserts inserts) {
        Topology topology = new Topology();
        AvroSerde<CheckResult> resultSerde = new AvroSerde<>(registry, CheckResult.class);
        read(topology, READ_CHECK_RESULTS, Topic.CHECK_RESULTS, resultSerde);
        topology.addProcessor(
                ValidateResult.NODE,
                guard.around(ValidateResult.NODE, () -> new ValidateResult(partitions)),
                READ_CHECK_RESULTS);
        write(topology, WRITE_RESULTS, inserts.results(), resultSerde, ValidateResult.NODE);
        putAside(topology, PUT_RESULTS_ASIDE, WRITE_RESULTS);

        AvroSerde<MetricRollup> rollupSerde = new AvroSerde<>(registry, MetricRollup.class);
        read(topology, READ_METRIC_ROLLUPS, Topic.METRIC_ROLLUPS, rollupSerde);
        write(topology, WRITE_ROLLUPS, inserts.rollups(), rollupSerde, READ_METRIC_ROLLUPS);
        write(topology, LIST_NUMERIC_METRICS, inserts.numericMetrics(), rollupSerde, READ_METRIC_ROLLUPS);
        putAside(topology, PUT_ROLLUPS_ASIDE, WRITE_ROLLUPS, LIST_NUMERIC_METRICS);

        AvroSerde<TextChange> textSerde = new AvroSerde<>(registry, TextChange.class);
        read(topology, READ_TEXT_CHANGES, Topic.TEXT_CHANGES, textSerde);
        write(topology, WRITE_TEXTS, inserts.texts(), textSerde, READ_TEXT_CHANGES);
        write(topology, LIST_TEXT_METRICS, inserts.textMetrics(), textSerde, READ_TEXT_CHANGES);
        putAside(topology, PUT_TEXTS_ASIDE, WRITE_TEXTS, LIST_TEXT_METRICS);

        addAlarms(topology, inserts);
        addAttempts(topology, inserts);
        return topology;
    }

    private void addAlarms(Topology topology, Inserts inserts) {
        AvroSerde<AlertEvent> eventSerde = new AvroSerde<>(registry, AlertEvent.class);
        read(topology, READ_ALERT_EVENTS, Topic.ALERT_EVENTS, eventSerde);
        write(topology, WRITE_TRANSITIONS_BY_ALARM, inserts.transitionsByAlarm(), eventSerde, READ_ALERT_EVENTS);
        write(topology, WRITE_TRANSITIONS_BY_TENANT, inserts.transitionsByTenant(), eventSerde, READ_ALERT_EVENTS);
        putAside(topology, PUT_TRANSITIONS_ASIDE, WRITE_TRANSITIONS_BY_ALARM, WRITE_TRANSITIONS_BY_TENANT);

        AvroSerde<AlarmState> stateSerde = new AvroSerde<>(registry, AlarmState.class);
        read(topology, READ_ALARM_STATES, Topic.ALARM_STATES, stateSerde);
        write(topology, WRITE_ALARM_STATES, inserts.alarmStates(), stateSerde, READ_ALARM_STATES);
        putAside(topology, PUT_ALARM_STATES_ASIDE, WRITE_ALARM_STATES);
    }

    private void addAttempts(Topology topology, Inserts inserts) {
        AvroSerde<DeliveryAttempt> attemptSerde = new AvroSerde<>(registry, DeliveryAttempt.class);
        read(topology, READ_DELIVERY_ATTEMPTS, Topic.DELIVERY_ATTEMPTS, attemptSerde);
        write(topology, WRITE_ATTEMPTS_BY_ALARM, inserts.attempts(), attemptSerde, READ_DELIVERY_ATTEMPTS);
        write(topology, WRITE_SUPPRESSION_LOGS, inserts.suppressionLogs(), attemptSerde, READ_DELIVERY_ATTEMPTS);
        putAside(topology, PUT_ATTEMPTS_ASIDE, WRITE_ATTEMPTS_BY_ALARM, WRITE_SUPPRESSION_LOGS);
    }

    private <V extends SpecificRecord> void write(
            Topology topology, String node, Insert<V> insert, AvroSerde<V> serde, String parent) {
        topology.addProcessor(
                node,
                guard.around(node, () -> new WriteRows<>(node, insert, barrier, serde.serializer(), meters)),
                parent);
    }

    private void read(Topology topology, String node, Topic topic, AvroSerde<?> serde) {
        topology.addSource(node, Serdes.String().deserializer(), serde.deserializer(), topics.of(topic));
    }

    private void putAside(Topology topology, String node, String... parents) {
        topology.addSink(
                node, topics.of(Topic.DEAD_LETTERS), Serdes.ByteArray().serializer(), new CutValues(), parents);
    }
}
