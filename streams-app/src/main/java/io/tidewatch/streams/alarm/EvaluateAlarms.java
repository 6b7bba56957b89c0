package io.tidewatch.streams.alarm;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.runtime.deadletters.DeadLetter;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.Cancellable;
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
    /** How often checks are looked at that wait for criteria. */
    private static final Duration PROCEED_EVERY = Duration.ofMillis(50);

    private final TopicNames topics;
    private final SchemaRegistry registry;
    private final String checkResults;
    private final String alarmChanges;
    private final Serializer<SpecificRecord> sourceBytes;
    private final CriteriaShapes shapes;
    private final CaughtUpTime caughtUp;
    private final MeterRegistry meters;
    private final TenantCosts tenantCosts;
    private final Outputs outputs;
    private @Nullable AlarmTask task;
    private @Nullable HeldChecks held;
    private @Nullable Cancellable proceeding;

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
            TenantCosts tenantCosts,
            Outputs outputs) {
        this.topics = topics;
        this.registry = registry;
        this.checkResults = topics.of(Topic.CHECK_RESULTS);
        this.alarmChanges = topics.of(Topic.ALARMS);
        this.sourceBytes = new AvroSerializer<>(registry);
        this.shapes = shapes;
        this.caughtUp = caughtUp;
        this.meters = meters;
        this.tenantCosts = tenantCosts;
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
        TaskCosts costs = new TaskCosts(tenantCosts);
        HeldInputs inputs = new HeldInputs(context.getStateStore(HeldInputs.STORE), registry, topics);
        HeldChecks checks = new HeldChecks(inputs, new Processing(alarms, costs), alarms.postponed());
        context.schedule(CaughtUpTime.RESOLUTION, PunctuationType.WALL_CLOCK_TIME, nowMs -> {
            costs.tell(nowMs);
            Input nothing = new Input(Topic.CHECK_RESULTS, "", null, nowMs, 0);
            alarms.noticeSilence(checks::holds, new Forwarding(nothing, costs));
        });
        task = alarms;
        held = checks;
        proceedWhileAnyIsHeld(checks);
    }

    /** Only while something waits: Kafka Streams processes fewer records at a time where much is scheduled. */
    private void proceedWhileAnyIsHeld(HeldChecks checks) {
        if (proceeding == null && checks.holdsAny()) {
            proceeding = context().schedule(PROCEED_EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> proceed(checks));
        }
    }

    private void proceed(HeldChecks checks) {
        checks.proceed();
        if (proceeding != null && !checks.holdsAny()) {
            proceeding.cancel();
            proceeding = null;
        }
    }

    @Override
    public void process(Record<String, SpecificRecord> input) {
        RecordMetadata source = context().recordMetadata().orElseThrow();
        Topic topic = source.topic().equals(checkResults)
                ? Topic.CHECK_RESULTS
                : source.topic().equals(alarmChanges) ? Topic.ALARMS : Topic.CHECKS;
        HeldChecks checks = Objects.requireNonNull(held);
        checks.take(new Input(topic, input.key(), input.value(), input.timestamp(), source.offset()));
        proceedWhileAnyIsHeld(checks);
    }

    @Override
    public void close() {
        if (held != null) {
            held.close();
        }
        if (task != null) {
            task.close();
        }
    }

    /** How the task's alarms process an input, whenever its time has come. */
    private final class Processing implements HeldChecks.Alarms {
        private final AlarmTask alarms;
        private final TaskCosts costs;

        Processing(AlarmTask alarms, TaskCosts costs) {
            this.alarms = alarms;
            this.costs = costs;
        }

        @Override
        public List<CriteriaShapes.Reservation> reserve(Input input) {
            return alarms.reserve(input);
        }

        @Override
        public @Nullable String checkOf(Input input) {
            return alarms.checkOf(input);
        }

        @Override
        public void process(Input input) {
            long begin = System.nanoTime();
            alarms.process(input, new Forwarding(input, costs));
            costs.addRecord(tenant(input), System.nanoTime() - begin);
        }

        private static String tenant(Input input) {
            return input.value() instanceof CheckResult result ? result.getTenantId() : HeldChecks.tenant(input.key());
        }

        @Override
        public void sayWaiting(Input input) {
            alarms.sayWaiting(input, new Forwarding(input, costs));
        }

        @Override
        public void putAside(Input input, RuntimeException failure) {
            new Forwarding(input, costs).putAside(new BadRecordException("it can't be processed: " + failure));
        }

        @Override
        public void resume(RestoreAlarms.Postponed check) {
            alarms.resume(check);
        }
    }

    /** Sends what an input brought about on its way, with the input's time. */
    private final class Forwarding implements AlarmTask.Output {
        private final Input cause;
        private final TaskCosts costs;

        Forwarding(Input cause, TaskCosts costs) {
            this.cause = cause;
            this.costs = costs;
        }

        @Override
        public void publishAlert(String alarmKey, AlertEvent event) {
            context().forward(new Record<String, Object>(alarmKey, event, cause.timestampMs()), outputs.alertEvents());
        }

        /** Not by an exception, which would stop the other alarms of the check from seeing the record. */
        @Override
        public void putAside(BadRecordException reason) {
            String topic = topics.of(cause.topic());
            DeadLetter letter = new DeadLetter(
                    topic,
                    context().taskId().partition(),
                    cause.offset(),
                    cause.timestampMs(),
                    context().applicationId(),
                    outputs.stage(),
                    reason.getClass().getName(),
                    String.valueOf(reason.getMessage()));
            letter.count(meters);
            costs.addDisabled(HeldChecks.tenant(cause.key()));
            byte[] bytes = sourceBytes.serialize(topic, cause.value());
            context()
                    .forward(
                            new Record<String, Object>(cause.key(), bytes, cause.timestampMs(), letter.headers()),
                            outputs.deadLetters());
        }

        @Override
        public void publishState(String alarmKey, @Nullable AlarmState state) {
            context().forward(new Record<String, Object>(alarmKey, state, cause.timestampMs()), outputs.alarmStates());
        }
    }
}
