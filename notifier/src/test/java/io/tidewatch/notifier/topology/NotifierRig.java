package io.tidewatch.notifier.topology;

import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.notifier.sending.Sender;
import io.tidewatch.notifier.task.TaskGauges;
import io.tidewatch.notifier.task.TellReceivers;
import io.tidewatch.runtime.quarantine.Guard;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CommandKind;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.State;
import io.tidewatch.schema.Suppression;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyTestDriver;
import org.jspecify.annotations.Nullable;

/** The notifier's topology on Kafka Streams' test driver, with a receiver that answers as it is told. One tenant, one alarm. */
final class NotifierRig implements AutoCloseable {
    static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
    static final String TENANT = "t";
    static final String ALARM_KEY = "t/en1/al1";

    private static final Duration WITHIN = Duration.ofSeconds(10);

    private final TopicNames topics = TopicNames.withDefaultPrefix();
    private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
    private final Queue<DeliveryAttempt> outcomes = new ConcurrentLinkedQueue<>();
    private final List<Delivery> sent = new ArrayList<>();
    private final List<Notification> triedAt = new ArrayList<>();
    private final Queue<Attempt> answers = new ConcurrentLinkedQueue<>();
    private final Sender sender;
    private final TopologyTestDriver driver;
    private Instant now = START;
    private Merging merging = Merging.NEVER;
    private int transitions;

    NotifierRig(Path stateDir) {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        Clock clock = new Clock() {
            @Override
            public ZoneOffset getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now;
            }
        };
        sender = new Sender(new Receiver(), (partition, attempt) -> outcomes.add(attempt), "rig", clock, meters);
        Map<String, Topic> byName =
                NotifierTopology.READ.stream().collect(Collectors.toMap(topics::of, Function.identity()));
        TaskGauges gauges = new TaskGauges(meters);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "rig");
        properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:1");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        driver = new TopologyTestDriver(
                NotifierTopology.build(
                        topics,
                        registry,
                        () -> new TellReceivers(
                                byName,
                                sender,
                                new Receiver(),
                                partition -> new HashSet<>(),
                                Patience.USUAL,
                                clock,
                                gauges,
                                NotifierTopology.outputs()),
                        Guard.NONE),
                properties,
                START);
    }

    private final class Receiver implements Courier {
        @Override
        public Attempt send(Delivery delivery, Notification notification, Instant at) {
            synchronized (sent) {
                sent.add(delivery);
                triedAt.add(notification);
            }
            Attempt answer = answers.poll();
            return answer == null ? Attempt.confirmed() : answer;
        }

        @Override
        public Merging merging(String notificationType) {
            return merging;
        }

        @Override
        public boolean acknowledges(String notificationType) {
            return true;
        }
    }

    /** What the receiver says to the next message; without, it confirms. */
    void answerNext(Attempt answer) {
        answers.add(answer);
    }

    /** How the receiver's messages become one. */
    void merge(Merging how) {
        merging = how;
    }

    void configure(NotificationPlan plan) {
        pipe(Topic.NOTIFICATION_PLANS, TENANT + "/" + plan.getNotificationPlanId(), NotificationPlan.class, plan);
    }

    void configure(Notification notification) {
        pipe(Topic.NOTIFICATIONS, TENANT + "/" + notification.getNotificationId(), Notification.class, notification);
    }

    void configureAlarm(boolean disabled) {
        pipe(
                Topic.ALARMS,
                ALARM_KEY,
                Alarm.class,
                Alarm.newBuilder()
                        .setTenantId(TENANT)
                        .setEntityId("en1")
                        .setAlarmId("al1")
                        .setCheckId("ch1")
                        .setDisabled(disabled)
                        .setNotificationPlanId("np1")
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
    }

    /** Something else that is configured, by its id or its path below the tenant. */
    <T extends SpecificRecord> void configure(Topic topic, String path, Class<T> type, @Nullable T value) {
        pipe(topic, TENANT + "/" + path, type, value);
    }

    void deleteAlarm() {
        pipe(Topic.ALARMS, ALARM_KEY, Alarm.class, null);
    }

    void suppress(String id, Instant from, Instant until) {
        pipe(
                Topic.SUPPRESSIONS,
                TENANT + "/" + id,
                Suppression.class,
                Suppression.newBuilder()
                        .setTenantId(TENANT)
                        .setSuppressionId(id)
                        .setStartTime(from)
                        .setEndTime(until)
                        .setEntities(List.of("en1"))
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
    }

    void enter(State before, State state) {
        enter("en1", "ch1", "al1", before, state);
    }

    void enter(String entityId, String checkId, String alarmId, State before, State state) {
        Instant at = now.plusMillis(transitions++);
        pipe(
                Topic.ALERT_EVENTS,
                String.join("/", TENANT, entityId, alarmId),
                AlertEvent.class,
                event(entityId, checkId, alarmId, before, state, at));
    }

    private static AlertEvent event(
            String entityId, String checkId, String alarmId, State before, State state, Instant at) {
        return AlertEvent.newBuilder()
                .setEventId(
                        String.join(":", TENANT, entityId, alarmId, checkId) + ":" + at.toEpochMilli() + ":" + state)
                .setTenantId(TENANT)
                .setEntityId(entityId)
                .setCheckId(checkId)
                .setAlarmId(alarmId)
                .setTimestamp(at)
                .setState(state)
                .setPreviousState(before)
                .setStatus("is " + state)
                .setObservations(List.of())
                .setMetrics(Map.of())
                .setNotificationPlanId("np1")
                .build();
    }

    /** Somebody wants something of the alarm's incident of a number. */
    void command(CommandKind kind, long incident, boolean sticky) {
        pipe(
                Topic.INCIDENT_COMMANDS,
                ALARM_KEY,
                IncidentCommand.class,
                IncidentCommand.newBuilder()
                        .setTenantId(TENANT)
                        .setEntityId("en1")
                        .setAlarmId("al1")
                        .setCommandId("c1")
                        .setKind(kind)
                        .setIncident(incident)
                        .setSticky(sticky)
                        .setWho("jo")
                        .setNote("on it")
                        .setAt(now)
                        .build());
    }

    /** Somebody tries a notification. */
    void test(String deliveryId, Instant createdAt, @Nullable Notification notification) {
        pipe(
                Topic.DELIVERIES,
                TENANT + "/nt1",
                Delivery.class,
                Delivery.newBuilder()
                        .setDeliveryId(deliveryId)
                        .setTenantId(TENANT)
                        .setNotificationId("nt1")
                        .setNotificationType("webhook")
                        .setKind(MessageKind.TEST)
                        .setIncident(0)
                        .setState(State.OK)
                        .setEvent(event("en1", "ch1", "al1", State.OK, State.OK, now))
                        .setOpenedAt(now)
                        .setSubject("{}")
                        .setCreatedAt(createdAt)
                        .setNotification(notification)
                        .build());
    }

    /** Where what was sent so far was sent to, in order. */
    List<Notification> triedAt() {
        synchronized (sent) {
            return List.copyOf(triedAt);
        }
    }

    /** Lets time pass. */
    void advance(Duration by) {
        now = now.plus(by);
        driver.advanceWallClockTime(by);
    }

    /** Waits for attempts, and lets the task learn of them. */
    void conclude(int attempts) {
        await().atMost(WITHIN).until(() -> outcomes.size() >= attempts);
        for (int i = 0; i < attempts; i++) {
            DeliveryAttempt outcome = outcomes.remove();
            pipe(Topic.DELIVERY_ATTEMPTS, TENANT + "/" + outcome.getNotificationId(), DeliveryAttempt.class, outcome);
        }
    }

    /** What was sent so far, in order. */
    List<Delivery> sent() {
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    /** What became of the alarm's messages, since the last time that somebody asked. */
    List<DeliveryAttempt> attempts() {
        return output(Topic.DELIVERY_ATTEMPTS, DeliveryAttempt.class);
    }

    /** The newest incident since the last time that somebody asked. */
    @Nullable
    Incident incident() {
        List<Incident> all = output(Topic.INCIDENTS, Incident.class);
        return all.isEmpty() ? null : all.get(all.size() - 1);
    }

    @Override
    public void close() {
        driver.close();
        sender.close();
    }

    private <T extends SpecificRecord> void pipe(Topic topic, String key, Class<T> type, @Nullable T value) {
        driver.createInputTopic(topics.of(topic), new StringSerializer(), new AvroSerde<>(registry, type).serializer())
                .pipeInput(key, value, now);
    }

    private <T extends SpecificRecord> List<T> output(Topic topic, Class<T> type) {
        return driver.createOutputTopic(
                        topics.of(topic), new StringDeserializer(), new AvroSerde<>(registry, type).deserializer())
                .readValuesToList();
    }
}
