package io.tidewatch.notifier.task;

import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.notifier.sending.Sender;
import io.tidewatch.notifier.sending.UnreadAttempts;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Incident;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * From transitions and configuration to deliveries and incidents, and from deliveries to receivers: the processor in which a
 * stream task's {@link NotifierTask} lives.
 *
 * <p>Offsets, stores and forwarded records are one transaction; what is sent to receivers is not, and its outcome comes back
 * through {@code delivery-attempts}. One instance belongs to one stream task and its thread.
 */
public final class TellReceivers extends ContextualProcessor<String, SpecificRecord, String, SpecificRecord> {
    /** How often the time is looked at: a delivery that has to wait for its time is late by so much at most. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    private static final Duration FOLLOW_ALARMS_EVERY = Duration.ofSeconds(10);

    private final Map<String, Topic> topicsByName;
    private final Sender sender;
    private final Courier courier;
    private final UnreadAttempts unread;
    private final Patience patience;
    private final Clock clock;
    private final Outputs outputs;
    private final TaskGauges gauges;
    private @Nullable NotifierTask task;
    private Sender.@Nullable OfTask sending;

    /** The names of the nodes that records are forwarded to. */
    public record Outputs(String incidents, String deliveries, String attempts) {}

    /** @param topicsByName the topics that are read, by their full names */
    public TellReceivers(
            Map<String, Topic> topicsByName,
            Sender sender,
            Courier courier,
            UnreadAttempts unread,
            Patience patience,
            Clock clock,
            TaskGauges gauges,
            Outputs outputs) {
        this.topicsByName = Map.copyOf(topicsByName);
        this.sender = sender;
        this.courier = courier;
        this.unread = unread;
        this.patience = patience;
        this.clock = clock;
        this.gauges = gauges;
        this.outputs = outputs;
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        super.init(context);
        int partition = context.taskId().partition();
        Sender.OfTask ofTask = sender.of(partition);
        Set<String> tried = unread.of(partition);
        NotifierTask begun = new NotifierTask(
                TaskStores.of(context),
                new Configured(context),
                courier,
                patience,
                new Random(),
                ofTask,
                new Forwarding(),
                tried,
                clock.instant());
        context.schedule(LOOK_EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> begun.proceed(clock.instant()));
        context.schedule(
                FOLLOW_ALARMS_EVERY, PunctuationType.WALL_CLOCK_TIME, nowMs -> begun.followAlarms(clock.instant()));
        gauges.add(partition, begun::queued, begun::open);
        task = begun;
        sending = ofTask;
    }

    @Override
    public void process(Record<String, SpecificRecord> input) {
        String name = context().recordMetadata().orElseThrow().topic();
        Objects.requireNonNull(task)
                .process(
                        Objects.requireNonNull(topicsByName.get(name), name),
                        input.key(),
                        input.value(),
                        clock.instant());
    }

    /** Waits a moment for what is being sent, so that whoever takes over knows its outcome. */
    @Override
    public void close() {
        if (sending != null) {
            sending.close();
            gauges.remove(context().taskId().partition());
        }
    }

    private final class Forwarding implements Output {
        @Override
        public void publish(String alarmKey, @Nullable Incident incident) {
            context().forward(new Record<>(alarmKey, incident, clock.millis()), outputs.incidents());
        }

        @Override
        public void publish(Delivery delivery) {
            forward(delivery.getTenantId(), delivery.getNotificationId(), delivery, outputs.deliveries());
        }

        @Override
        public void publish(DeliveryAttempt attempt) {
            forward(attempt.getTenantId(), attempt.getNotificationId(), attempt, outputs.attempts());
        }

        private void forward(String tenantId, String notificationId, SpecificRecord value, String output) {
            context().forward(new Record<>(Keys.of(tenantId, notificationId), value, clock.millis()), output);
        }
    }
}
