package io.tidewatch.notifier.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.sending.Attempts;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.notifier.sending.Dispatch;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.GroupBy;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.State;
import io.tidewatch.schema.Suppression;
import io.tidewatch.schema.state.LaneMessage;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * More transitions than a receiver is told one by one, over failures, withdrawals and restarts: in the end it believes of each
 * alarm what is so, it has heard of none out of order, what was repeated was the same, and it was not sent more than allowed.
 *
 * <p>{@code -Dtidewatch.seed=…} plays the stories of a run that failed.
 */
final class RandomDigestsTest {
    private static final int STORIES = 150;
    private static final int STEPS = 250;
    private static final int ALARMS = 12;
    private static final int MOST_ROUNDS = 400;

    private final long seed = Long.getLong("tidewatch.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void whoeverIsToldOfManyAtOnceBelievesWhatIsSo() {
        int digests = 0;
        int messages = 0;
        for (int i = 0; i < STORIES; i++) {
            Story story = new Story(i % 2 == 0 ? Merging.ANY : Merging.PROBLEMS, i % 3 == 0);
            IntStream.range(0, STEPS).forEach(step -> story.step());
            story.end();
            digests += story.digests.size();
            messages += story.heard.size();
        }
        // A generator that makes nothing happen would prove nothing.
        assertThat(digests).as("seed %d", seed).isGreaterThan(STORIES);
        assertThat(messages).as("seed %d", seed).isGreaterThan(digests * 2);
    }

    /** What a receiver was told of an alarm; equal when it is the same. */
    private record Line(String alarm, State state, int transition) {}

    private final class Story implements Output, Dispatch, Courier {
        private final Merging merging;
        private final InMemorySchemaRegistry registry = new InMemorySchemaRegistry();
        private final MockProcessorContext<String, Object> context = new MockProcessorContext<>();
        private final TaskStores stores;
        private final Configured configured;
        private final Deque<Delivery> deliveries = new ArrayDeque<>();
        private final Deque<DeliveryAttempt> attempts = new ArrayDeque<>();
        private final List<Delivery> underWay = new ArrayList<>();
        private final Map<String, State> states = new HashMap<>();
        private final Map<String, List<Line>> heard = new LinkedHashMap<>();
        private final Set<String> digests = new HashSet<>();
        private final Map<String, Line> believed = new HashMap<>();
        private final Map<String, Set<String>> conversations = new HashMap<>();
        private NotifierTask task;
        private Instant now = Instant.parse("2026-03-01T12:00:00Z");
        private final Instant begin = now;
        private int transitions;
        private int restarts;

        Story(Merging merging, boolean grouped) {
            this.merging = merging;
            stores = new TaskStores(
                    open("incidents", Incident.class),
                    open("lanes", LaneMessage.class),
                    open("notifications", Notification.class),
                    open("plans", NotificationPlan.class),
                    open("suppressions", Suppression.class),
                    open("silences", Silence.class),
                    open("maintenance-windows", MaintenanceWindow.class),
                    open("inhibitions", Inhibition.class));
            KeyValueStore<String, Entity> unusedEntities = open(Configured.ENTITIES, Entity.class);
            KeyValueStore<String, Check> unusedChecks = open(Configured.CHECKS, Check.class);
            KeyValueStore<String, Alarm> unusedAlarms = open(Configured.ALARMS, Alarm.class);
            configured = new Configured(context);
            task = task(Set.of());
            task.process(Topic.NOTIFICATIONS, "t/nt1", notification(), now);
            task.process(Topic.NOTIFICATION_PLANS, "t/np1", plan(grouped), now);
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

        private NotifierTask task(Set<String> unread) {
            return new NotifierTask(
                    stores,
                    configured,
                    this,
                    Patience.USUAL,
                    new Random(random.nextLong()),
                    this,
                    this,
                    new HashSet<>(unread),
                    now);
        }

        void step() {
            now = now.plusMillis(random.nextInt(500));
            switch (random.nextInt(10)) {
                case 0, 1, 2, 3 -> enter("al" + random.nextInt(ALARMS), state());
                case 4, 5 -> read();
                case 6, 7 -> conclude(anyOf(Result.values()));
                case 8 -> pass(Duration.ofSeconds(random.nextInt(30)));
                default -> {
                    if (random.nextInt(8) == 0) {
                        restart();
                    }
                }
            }
        }

        private State state() {
            return random.nextInt(3) == 0 ? State.OK : anyOf(State.values());
        }

        private void enter(String alarm, State state) {
            State before = states.getOrDefault(alarm, State.OK);
            if (before != state) {
                states.put(alarm, state);
                transitions++;
                task.process(Topic.ALERT_EVENTS, "t/en1/" + alarm, event(alarm, before, state, transitions), now);
            }
        }

        /** Both topics, each in its order. */
        private void read() {
            boolean fromDeliveries = random.nextBoolean();
            for (int i = random.nextInt(6); i > 0; i--) {
                if (fromDeliveries && !deliveries.isEmpty()) {
                    task.process(Topic.DELIVERIES, "t/nt1", deliveries.remove(), now);
                } else if (!fromDeliveries && !attempts.isEmpty()) {
                    task.process(Topic.DELIVERY_ATTEMPTS, "t/nt1", attempts.remove(), now);
                }
            }
        }

        private void pass(Duration by) {
            now = now.plus(by);
            task.proceed(now);
        }

        private void conclude(Result result) {
            if (underWay.isEmpty() || result == Result.REFUSED) {
                return;
            }
            Delivery delivery = underWay.remove(random.nextInt(underWay.size()));
            if (result == Result.CONFIRMED || (result == Result.UNKNOWN && random.nextBoolean())) {
                hear(delivery);
            }
            attempts.add(Attempts.of(delivery)
                    .setAttempt(1)
                    .setResult(AttemptResult.valueOf(result.name()))
                    .setReason("so it went")
                    .setFrom("task " + restarts)
                    .setTimestamp(now)
                    .setTookMs(0)
                    .build());
        }

        /** Of what was under way, nobody knows what became of it. */
        private void restart() {
            underWay.stream().filter(delivery -> random.nextBoolean()).forEach(this::hear);
            underWay.clear();
            restarts++;
            Set<String> unread = new HashSet<>();
            attempts.forEach(attempt -> unread.add(attempt.getDeliveryId()));
            task = task(unread);
        }

        private void hear(Delivery delivery) {
            List<Line> lines = lines(delivery);
            List<Line> before = heard.putIfAbsent(delivery.getDeliveryId(), lines);
            if (before != null) {
                assertThat(lines).as("seed %d: repeated", seed).isEqualTo(before);
                return;
            }
            if (delivery.getDigest() != null) {
                digests.add(delivery.getDeliveryId());
                assertThat(delivery.getDigest().getAlarms()).as("seed %d", seed).isEqualTo(lines.size());
            }
            lines.forEach(line -> {
                Line last = believed.put(line.alarm(), line);
                assertThat(last == null || last.transition() <= line.transition())
                        .as("seed %d: in order, %s after %s", seed, line, last)
                        .isTrue();
            });
            converse(delivery, lines);
        }

        /** A receiver that opens an incident for what it is told. */
        private void converse(Delivery delivery, List<Line> lines) {
            String key = delivery.getConversation() != null
                    ? delivery.getConversation()
                    : delivery.getDigest() != null
                            ? delivery.getDeliveryId()
                            : lines.get(0).alarm() + "/" + delivery.getIncident();
            switch (delivery.getKind()) {
                case PROBLEM, UPDATE, REMINDER ->
                    lines.forEach(line -> conversations
                            .computeIfAbsent(key, begun -> new HashSet<>())
                            .add(line.alarm()));
                case RESOLVED -> {
                    Set<String> ended = conversations.remove(key);
                    if (merging == Merging.PROBLEMS) {
                        assertThat(ended)
                                .as("seed %d: no end without its problem", seed)
                                .isNotNull();
                    }
                }
                case RECOVERED, ACKNOWLEDGED, TEST -> {}
            }
        }

        private static List<Line> lines(Delivery delivery) {
            if (delivery.getDigest() == null) {
                AlertEvent event = delivery.getEvent();
                return List.of(new Line(event.getAlarmId(), delivery.getState(), Integer.parseInt(event.getStatus())));
            }
            return delivery.getDigest().getLines().stream()
                    .map(line -> new Line(line.getAlarm(), line.getState(), Integer.parseInt(line.getStatus())))
                    .toList();
        }

        /** The receiver confirms everything from now on. */
        void end() {
            for (int round = 0; round < MOST_ROUNDS && !isQuiet(); round++) {
                while (!deliveries.isEmpty()) {
                    task.process(Topic.DELIVERIES, "t/nt1", deliveries.remove(), now);
                }
                while (!underWay.isEmpty()) {
                    conclude(Result.CONFIRMED);
                }
                while (!attempts.isEmpty()) {
                    task.process(Topic.DELIVERY_ATTEMPTS, "t/nt1", attempts.remove(), now);
                }
                if (deliveries.isEmpty()) {
                    pass(Duration.ofSeconds(10));
                }
            }
            states.forEach((alarm, state) -> assertThat(believes(alarm))
                    .as("seed %d, %s %s of %s", seed, merging, restarts, alarm)
                    .isEqualTo(merging == Merging.PROBLEMS ? state != State.OK : state));
            if (merging == Merging.ANY) {
                long allowed =
                        4L * (restarts + 1) + Duration.between(begin, now).toSeconds() / 20 + 1;
                assertThat((long) heard.size()).as("seed %d: messages", seed).isLessThanOrEqualTo(allowed);
            }
        }

        /** Of one that opens incidents: whether one is open that the alarm is part of, or in the end only of others. */
        private Object believes(String alarm) {
            if (merging == Merging.ANY) {
                Line line = believed.get(alarm);
                return line == null ? State.OK : line.state();
            }
            return conversations.values().stream()
                    .filter(alarms -> alarms.contains(alarm))
                    .anyMatch(alarms ->
                            alarms.stream().anyMatch(member -> states.getOrDefault(member, State.OK) != State.OK)
                                    && states.get(alarm) != State.OK);
        }

        private boolean isQuiet() {
            return deliveries.isEmpty()
                    && attempts.isEmpty()
                    && underWay.isEmpty()
                    && states.entrySet().stream().allMatch(is -> {
                        Line line = believed.get(is.getKey());
                        return (line == null ? State.OK : line.state()) == is.getValue();
                    });
        }

        @Override
        public void send(Delivery delivery, Optional<Notification> notification, int number) {
            assertThat(underWay)
                    .as("seed %d: one attempt at a time", seed)
                    .extracting(Delivery::getDeliveryId)
                    .doesNotContain(delivery.getDeliveryId());
            underWay.add(delivery);
        }

        @Override
        public boolean isOurs(DeliveryAttempt attempt) {
            return attempt.getFrom().equals("task " + restarts);
        }

        @Override
        public void publish(String alarmKey, @Nullable Incident incident) {}

        @Override
        public void publish(Delivery delivery) {
            deliveries.add(delivery);
        }

        @Override
        public void publish(DeliveryAttempt attempt) {
            attempts.add(attempt);
        }

        @Override
        public Attempt send(Delivery delivery, Notification notification, Instant at) {
            throw new IllegalStateException("Attempts are concluded by the story");
        }

        @Override
        public Merging merging(String notificationType) {
            return merging;
        }

        @Override
        public boolean acknowledges(String notificationType) {
            return false;
        }
    }

    private <T> T anyOf(T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static Notification notification() {
        return Notification.newBuilder()
                .setTenantId("t")
                .setNotificationId("nt1")
                .setType("some")
                .setLabel("some")
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static NotificationPlan plan(boolean grouped) {
        List<String> channel = List.of("nt1");
        return NotificationPlan.newBuilder()
                .setTenantId("t")
                .setNotificationPlanId("np1")
                .setLabel("plan")
                .setCriticalState(channel)
                .setWarningState(channel)
                .setUnknownState(channel)
                .setOkState(channel)
                .setGroupBy(grouped ? GroupBy.ENTITY : null)
                .setGroupWaitSeconds(grouped ? 5 : 0)
                .setGroupIntervalSeconds(grouped ? 20 : 0)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
    }

    private static AlertEvent event(String alarm, State before, State state, int number) {
        return AlertEvent.newBuilder()
                .setEventId(alarm + ":" + number)
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setAlarmId(alarm)
                .setTimestamp(Instant.ofEpochSecond(number))
                .setState(state)
                .setPreviousState(before)
                .setStatus(Integer.toString(number))
                .setObservations(List.of())
                .setMetrics(Map.of())
                .setNotificationPlanId("np1")
                .build();
    }
}
