package io.tidewatch.notifier.task;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Lane;
import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.delivery.Queued;
import io.tidewatch.notifier.incident.Outcome;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.state.LaneMessage;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The queues of a task's notifications, in memory for what is to be done and in a store for what has become of each message.
 * Nothing is sent before all attempts are known that a former owner has made. Confined to the task's thread.
 */
final class Lanes {
    private final KeyValueStore<String, LaneMessage> store;
    private final KeyValueStore<String, Notification> notifications;
    private final Patience patience;
    private final RandomGenerator lots;
    private final Dispatch dispatch;
    private final Planner planner;
    private final Output output;

    /** Those that have something queued, by {@code tenant/notification}. */
    private final Map<String, NumberedLane> lanes = new LinkedHashMap<>();

    /** Deliveries that a former owner has tried, of which the outcome has yet to be read. */
    private final Set<String> unread;

    /** Hands messages to those who send them. */
    interface Dispatch {
        /** @param number of the attempt, from 1 */
        void send(Delivery delivery, Optional<Notification> notification, int number);

        /** Whether an attempt was made by this task. */
        boolean isOurs(DeliveryAttempt attempt);
    }

    /** A lane, and where in the store its messages are. */
    private static final class NumberedLane {
        private final Lane lane;
        private final Map<String, Long> numbers = new HashMap<>();
        private long next;

        NumberedLane(Lane lane) {
            this.lane = lane;
        }
    }

    Lanes(
            TaskStores stores,
            Patience patience,
            RandomGenerator lots,
            Dispatch dispatch,
            Planner planner,
            Output output,
            Set<String> unread,
            Instant now) {
        this.store = stores.lanes();
        this.notifications = stores.notifications();
        this.patience = patience;
        this.lots = lots;
        this.dispatch = dispatch;
        this.planner = planner;
        this.output = output;
        this.unread = unread;
        restore(now);
    }

    /** Queues a message, or withdraws one. */
    void take(Delivery delivery, Instant now) {
        String laneKey = Keys.of(delivery.getTenantId(), delivery.getNotificationId());
        if (delivery.getKind() == null) {
            withdraw(laneKey, delivery.getDeliveryId(), now);
            return;
        }
        NumberedLane numbered = lane(laneKey);
        if (numbered.numbers.containsKey(delivery.getDeliveryId())) {
            return;
        }
        long number = numbered.next++;
        numbered.numbers.put(delivery.getDeliveryId(), number);
        numbered.lane.add(delivery.getDeliveryId(), delivery.getCreatedAt());
        keep(laneKey, numbered, delivery);
        start(laneKey, numbered, now);
    }

    /** Learns how an attempt has ended. */
    void learn(DeliveryAttempt attempt, Instant now) {
        unread.remove(attempt.getDeliveryId());
        String laneKey = Keys.of(attempt.getTenantId(), attempt.getNotificationId());
        NumberedLane numbered = lanes.get(laneKey);
        Optional<Attempt> known = Attempts.made(attempt);
        if (numbered == null || known.isEmpty()) {
            return;
        }
        Optional<Queued> queued = numbered.lane.message(attempt.getDeliveryId());
        boolean anothersFailure = known.get().isTransient() && !dispatch.isOurs(attempt);
        if (queued.isEmpty() || (anothersFailure && queued.get().inFlight())) {
            return;
        }
        Delivery delivery = stored(laneKey, numbered, attempt.getDeliveryId()).getDelivery();
        Optional<Lane.Ended> ended =
                numbered.lane.attempted(attempt.getDeliveryId(), known.get(), attempt.getTimestamp());
        if (ended.isEmpty()) {
            keep(laneKey, numbered, delivery);
        } else {
            if (known.get().isTransient()) {
                publish(ended.get(), delivery, now);
            }
            end(laneKey, numbered, ended.get(), delivery, attempt.getTimestamp(), now);
        }
        start(laneKey, numbered, now);
    }

    /** Sends what is due. */
    void proceed(Instant now) {
        lanes.forEach((laneKey, numbered) -> start(laneKey, numbered, now));
    }

    /** How many messages are queued. */
    int queued() {
        return lanes.values().stream()
                .mapToInt(numbered -> numbered.numbers.size())
                .sum();
    }

    private void start(String laneKey, NumberedLane numbered, Instant now) {
        if (!unread.isEmpty()) {
            return;
        }
        for (String deliveryId : numbered.lane.start(now)) {
            LaneMessage message = stored(laneKey, numbered, deliveryId);
            dispatch.send(
                    message.getDelivery(), Optional.ofNullable(notifications.get(laneKey)), message.getFailures() + 1);
        }
    }

    private void withdraw(String laneKey, String deliveryId, Instant now) {
        NumberedLane numbered = lanes.get(laneKey);
        if (numbered == null || !numbered.numbers.containsKey(deliveryId)) {
            return;
        }
        Delivery delivery = stored(laneKey, numbered, deliveryId).getDelivery();
        Optional<Lane.Ended> ended = numbered.lane.withdraw(deliveryId);
        if (ended.isEmpty()) {
            keep(laneKey, numbered, delivery);
        } else {
            publish(ended.get(), delivery, now);
            end(laneKey, numbered, ended.get(), delivery, now, now);
        }
    }

    private void end(
            String laneKey, NumberedLane numbered, Lane.Ended ended, Delivery delivery, Instant at, Instant now) {
        store.delete(storeKey(laneKey, Objects.requireNonNull(numbered.numbers.remove(ended.deliveryId()))));
        if (numbered.numbers.isEmpty() && !numbered.lane.isHeldUp()) {
            lanes.remove(laneKey);
        }
        AlertEvent event = Objects.requireNonNull(delivery.getEvent());
        String alarmKey = Keys.of(event.getTenantId(), event.getEntityId(), event.getAlarmId());
        planner.concluded(alarmKey, ended.deliveryId(), ended.outcome(), at, now);
    }

    /** An end that no attempt of its own tells of. */
    private void publish(Lane.Ended ended, Delivery delivery, Instant now) {
        AttemptResult result = ended.outcome() == Outcome.OVERTAKEN ? AttemptResult.OVERTAKEN : AttemptResult.GIVEN_UP;
        output.publish(Attempts.notMade(Attempts.of(delivery), result, ended.reason(), now));
    }

    private void restore(Instant now) {
        try (KeyValueIterator<String, LaneMessage> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, LaneMessage> row = rows.next();
                LaneMessage message = row.value;
                NumberedLane numbered = lane(row.key.substring(0, row.key.lastIndexOf('/')));
                String deliveryId = message.getDelivery().getDeliveryId();
                numbered.numbers.put(deliveryId, message.getNumber());
                numbered.next = message.getNumber() + 1;
                numbered.lane.restore(
                        new Queued(
                                deliveryId,
                                message.getDelivery().getCreatedAt(),
                                message.getFailures(),
                                message.getNotBefore(),
                                message.getMaybeReceived(),
                                message.getWithdrawn(),
                                false),
                        now);
            }
        }
    }

    private NumberedLane lane(String laneKey) {
        return lanes.computeIfAbsent(laneKey, key -> new NumberedLane(new Lane(patience, lots)));
    }

    private void keep(String laneKey, NumberedLane numbered, Delivery delivery) {
        Queued queued = numbered.lane.message(delivery.getDeliveryId()).orElseThrow();
        long number = Objects.requireNonNull(numbered.numbers.get(delivery.getDeliveryId()));
        store.put(
                storeKey(laneKey, number),
                LaneMessage.newBuilder()
                        .setDelivery(delivery)
                        .setNumber(number)
                        .setFailures(queued.failures())
                        .setNotBefore(queued.notBefore())
                        .setMaybeReceived(queued.maybeReceived())
                        .setWithdrawn(queued.withdrawn())
                        .build());
    }

    private LaneMessage stored(String laneKey, NumberedLane numbered, String deliveryId) {
        long number = Objects.requireNonNull(numbered.numbers.get(deliveryId), deliveryId);
        return Objects.requireNonNull(store.get(storeKey(laneKey, number)), deliveryId);
    }

    /** Messages of one lane are in the order of their numbers. */
    private static String storeKey(String laneKey, long number) {
        return "%s/%019d".formatted(laneKey, number);
    }
}
