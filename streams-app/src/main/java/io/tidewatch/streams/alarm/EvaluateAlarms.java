package io.tidewatch.streams.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * From check results and configuration to transitions: the processor in which a stream task's {@link AlarmTask} lives.
 * Forwards {@link AlertEvent}s and {@link AlarmState}s to the nodes that write them.
 *
 * <p>Offsets, stores and forwarded records are one transaction. One instance belongs to one stream task and its thread.
 */
public final class EvaluateAlarms extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
    private final TopicNames topics;
    private final CriteriaShapes shapes;
    private final MeterRegistry meters;
    private final Outputs outputs;
    private @Nullable AlarmTask task;

    /** The names of the nodes that records are forwarded to. */
    public record Outputs(String alertEvents, String alarmStates) {}

    public EvaluateAlarms(TopicNames topics, CriteriaShapes shapes, MeterRegistry meters, Outputs outputs) {
        this.topics = topics;
        this.shapes = shapes;
        this.meters = meters;
        this.outputs = outputs;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        AlarmStores stores = AlarmStores.of(context);
        // Two instances of an application may be in one process, and Esper gives the same runtime for the same name.
        String uri = context.applicationId() + "-" + context.taskId() + "-" + UUID.randomUUID();
        AlarmEngine engine = new AlarmEngine(uri, shapes);
        task = new AlarmTask(stores, engine, new AlarmMetrics(meters));
    }

    /**
     * @throws io.tidewatch.streams.intake.BadRecordException when an alarm's criteria can't be evaluated; the alarm is
     *     disabled by then, and the record belongs with the dead letters
     */
    @Override
    public void process(Record<String, SpecificRecord> input) {
        AlarmTask alarms = Objects.requireNonNull(task);
        AlarmTask.Output output = new Forwarding(input);
        String topic = context().recordMetadata().orElseThrow().topic();
        if (topic.equals(topics.of(Topic.CHECK_RESULTS))) {
            alarms.observe((CheckResult) input.value(), output);
        } else if (topic.equals(topics.of(Topic.ALARMS))) {
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

    private final class Forwarding implements AlarmTask.Output {
        private final Record<String, SpecificRecord> cause;

        Forwarding(Record<String, SpecificRecord> cause) {
            this.cause = cause;
        }

        @Override
        public void alert(String alarmKey, AlertEvent event) {
            context().forward(cause.withKey(alarmKey).withValue(event), outputs.alertEvents());
        }

        @Override
        public void state(String alarmKey, @Nullable AlarmState state) {
            context().forward(cause.withKey(alarmKey).withValue(state), outputs.alarmStates());
        }
    }
}
