package io.tidewatch.streams.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.intake.BadRecordException;
import io.tidewatch.streams.intake.CaughtUpTime;
import io.tidewatch.streams.intake.DeadLetter;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * From check results and configuration to transitions: the processor in which a stream task's {@link AlarmTask} lives.
 * Forwards {@link AlertEvent}s and {@link AlarmState}s to the nodes that write them.
 *
 * <p>Offsets, stores and forwarded records are one transaction. One instance belongs to one stream task and its thread.
 */
public final class EvaluateAlarms extends ContextualProcessor<String, SpecificRecord, String, Object> {
    private final String checkResults;
    private final String alarmChanges;
    private final Serializer<SpecificRecord> sourceBytes;
    private final CriteriaShapes shapes;
    private final CaughtUpTime caughtUp;
    private final MeterRegistry meters;
    private final Outputs outputs;
    private @Nullable AlarmTask task;

    /**
     * The names of the nodes that records are forwarded to.
     *
     * @param stage this processor's own node, for dead letters
     */
    public record Outputs(String alertEvents, String alarmStates, String deadLetters, String stage) {}

    public EvaluateAlarms(
            TopicNames topics,
            SchemaRegistry registry,
            CriteriaShapes shapes,
            CaughtUpTime caughtUp,
            MeterRegistry meters,
            Outputs outputs) {
        this.checkResults = topics.of(Topic.CHECK_RESULTS);
        this.alarmChanges = topics.of(Topic.ALARMS);
        this.sourceBytes = new AvroSerializer<>(registry);
        this.shapes = shapes;
        this.caughtUp = caughtUp;
        this.meters = meters;
        this.outputs = outputs;
    }

    @Override
    public void init(ProcessorContext<String, Object> context) {
        super.init(context);
        AlarmStores stores = AlarmStores.of(context);
        // Two instances of an application may be in one process, and Esper gives the same runtime for the same name.
        String uri = context.applicationId() + "-" + context.taskId() + "-" + UUID.randomUUID();
        AlarmEngine engine = new AlarmEngine(uri, shapes);
        int partition = context.taskId().partition();
        AlarmTask alarms = new AlarmTask(stores, engine, new AlarmMetrics(meters), () -> caughtUp.elapsedMs(partition));
        context.schedule(
                CaughtUpTime.RESOLUTION,
                PunctuationType.WALL_CLOCK_TIME,
                nowMs -> alarms.noticeSilence(new Forwarding(new Record<>("", null, nowMs))));
        task = alarms;
    }

    @Override
    public void process(Record<String, SpecificRecord> input) {
        AlarmTask alarms = Objects.requireNonNull(task);
        AlarmTask.Output output = new Forwarding(input);
        String topic = context().recordMetadata().orElseThrow().topic();
        if (topic.equals(checkResults)) {
            alarms.observe(input.key(), (CheckResult) input.value(), output);
        } else if (topic.equals(alarmChanges)) {
            alarms.changeAlarm(input.key(), (Alarm) input.value(), input.timestamp(), output);
        } else {
            alarms.changeCheck(input.key(), (Check) input.value(), input.timestamp(), output);
        }
    }

    @Override
    public void close() {
        if (task != null) {
            task.close();
        }
    }

    /** Sends what a record brought about on its way, with the record's time and headers. */
    private final class Forwarding implements AlarmTask.Output {
        private final Record<String, ? extends @Nullable SpecificRecord> cause;

        Forwarding(Record<String, ? extends @Nullable SpecificRecord> cause) {
            this.cause = cause;
        }

        @Override
        public void publishAlert(String alarmKey, AlertEvent event) {
            context().forward(cause.withKey(alarmKey).withValue(event), outputs.alertEvents());
        }

        /** Not by an exception, which would stop the other alarms of the check from seeing the record. */
        @Override
        public void putAside(BadRecordException reason) {
            RecordMetadata source = context().recordMetadata().orElseThrow();
            DeadLetter letter = new DeadLetter(
                    source.topic(),
                    source.partition(),
                    source.offset(),
                    cause.timestamp(),
                    context().applicationId(),
                    outputs.stage(),
                    reason.getClass().getName(),
                    String.valueOf(reason.getMessage()));
            letter.count(meters);
            byte[] bytes = sourceBytes.serialize(source.topic(), cause.value());
            context().forward(cause.withValue(bytes).withHeaders(letter.headers()), outputs.deadLetters());
        }

        @Override
        public void publishState(String alarmKey, @Nullable AlarmState state) {
            context().forward(cause.withKey(alarmKey).withValue(state), outputs.alarmStates());
        }
    }
}
