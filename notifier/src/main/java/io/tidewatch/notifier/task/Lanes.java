package io.tidewatch.notifier.task;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Gathering;
import io.tidewatch.notifier.delivery.Grouping;
import io.tidewatch.notifier.delivery.Groupings;
import io.tidewatch.notifier.delivery.Lane;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.delivery.Queued;
import io.tidewatch.notifier.incident.Outcome;
import io.tidewatch.notifier.payload.Digests;
import io.tidewatch.notifier.sending.Attempts;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.notifier.sending.Dispatch;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.state.LaneMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
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
 *
 * <p>A message of a group waits, until it is released or becomes part of a digest. That is a decision like any other: what it
 * comes to is published on {@code deliveries}, and sent when it has come back, so that a digest has the same id and the same
 * members for whoever sends it.
 */
final class Lanes {
    /** Whoever asked for a test has been answered by then. */
    private static final Duration TEST_AGE_LIMIT = Duration.ofMinutes(1);

    private final KeyValueStore<String, LaneMessage> store;
    private final KeyValueStore<String, Notification> notifications;
    private final Patience patience;
    private final RandomGenerator lots;
    private final Courier courier;
    private final Dispatch dispatch;
    private final Planner planner;
    private final Output output;

    /** Those that have something queued, by {@code tenant/notification}. */
    private final Map<String, Queue> queues = new LinkedHashMap<>();

    /** Deliveries that a former owner has tried, of which the outcome has yet to be read. */
    private final Set<String> unread;

    /** What is queued for one notification. */
    private final class Queue {
        private final String key;
        private final Lane lane = new Lane(patience, lots);
        private final Gathering gathering = new Gathering();
        private final LaneMessages messages;

        Queue(String key) {
            this.key = key;
            this.messages = new LaneMessages(store, key);
        }
    }

    Lanes(
            TaskStores stores,
            Patience patience,
            RandomGenerator lots,
            Courier courier,
            Dispatch dispatch,
            Planner planner,
            Output output,
            Set<String> unread,
            Instant now) {
        this.store = stores.lanes();
        this.notifications = stores.notifications();
        this.patience = patience;
        this.lots = lots;
        this.courier = courier;
        this.dispatch = dispatch;
        this.planner = planner;
        this.output = output;
        this.unread = unread;
        restore(now);
    }

    /** Queues a message, withdraws one, or lets one go that has waited for others. */
    void take(Delivery delivery, Instant now) {
        String id = delivery.getDeliveryId();
        Queue queue = queue(Keys.of(delivery.getTenantId(), delivery.getNotificationId()));
        if (delivery.getKind() == null) {
            withdraw(queue, id, now);
        } else if (delivery.getKind() == MessageKind.TEST) {
            tryOnce(queue.key, delivery, now);
        } else if (delivery.getReleased()) {
            queueReleased(queue, id, now);
        } else if (!queue.messages.contains(id)) {
            queueNew(queue, delivery, now);
        }
        start(queue, now);
        forget(queue);
    }

    /**
     * A test has no place in the queue, and is tried at once and once: somebody waits for its outcome, which is not to depend
     * on what else is queued, nor to move that. A receiver that has been left alone for a while is found out by the queue's own
     * next attempt; what was tested may be something else than what is stored.
     */
    private void tryOnce(String laneKey, Delivery test, Instant now) {
        if (unread.contains(test.getDeliveryId())) {
            return;
        }
        if (now.isAfter(test.getCreatedAt().plus(TEST_AGE_LIMIT))) {
            output.publish(Attempts.notMade(
                    Attempts.of(test), AttemptResult.GIVEN_UP, "nobody waits for this test any more", now));
            return;
        }
        Notification tested = test.getNotification();
        dispatch.send(test, Optional.ofNullable(tested == null ? notifications.get(laneKey) : tested), 1);
    }

    /** Learns how an attempt has ended. */
    void learn(DeliveryAttempt attempt, Instant now) {
        String id = attempt.getDeliveryId();
        unread.remove(id);
        Queue queue = queues.get(Keys.of(attempt.getTenantId(), attempt.getNotificationId()));
        Optional<Attempt> known = Attempts.made(attempt);
        if (queue == null || known.isEmpty()) {
            return;
        }
        Optional<Queued> queued = queue.lane.message(id);
        boolean anothersFailure = known.get().isTransient() && !dispatch.isOurs(attempt);
        if (queued.isEmpty() || (anothersFailure && queued.get().inFlight())) {
            return;
        }
        LaneMessage message = queue.messages.get(id);
        Optional<Lane.Ended> ended = queue.lane.attempted(id, known.get(), attempt.getTimestamp());
        if (ended.isEmpty()) {
            queue.messages.put(message, queue.lane.message(id).orElseThrow());
        } else if (message.getDelivery().getDigest() == null) {
            if (known.get().isTransient()) {
                publish(ended.get(), message.getDelivery(), now);
            }
            end(queue, ended.get(), message.getDelivery(), attempt.getTimestamp(), Optional.empty(), now);
        } else {
            endDigest(queue, ended.get(), message.getDelivery(), attempt, now);
        }
        start(queue, now);
        forget(queue);
    }

    /** Sends what is due. */
    void proceed(Instant now) {
        List.copyOf(queues.values()).forEach(queue -> {
            start(queue, now);
            forget(queue);
        });
    }

    /** How many messages are queued. */
    int queued() {
        return queues.values().stream().mapToInt(queue -> queue.messages.size()).sum();
    }

    private void queueNew(Queue queue, Delivery delivery, Instant now) {
        if (delivery.getDigest() != null && !isWanted(queue, delivery.getDeliveryId())) {
            takeApart(queue, delivery.getDeliveryId(), now);
            return;
        }
        Optional<Grouping> grouping = grouping(delivery);
        boolean released = grouping.isEmpty() || queue.gathering.admits(grouping.get(), wait(delivery), now);
        queue.messages.add(delivery, released);
        if (released) {
            queue.lane.add(delivery.getDeliveryId(), delivery.getCreatedAt());
        } else {
            gather(queue, delivery, grouping.get(), now);
        }
    }

    /** Whether all that a digest says is still to be said. */
    private static boolean isWanted(Queue queue, String digestId) {
        return queue.gathering.members(digestId).stream()
                .noneMatch(member -> queue.messages.get(member).getWithdrawn());
    }

    /** It has come back. It may be over by then, after a restart. */
    private void queueReleased(Queue queue, String id, Instant now) {
        if (!queue.messages.contains(id) || queue.lane.message(id).isPresent()) {
            return;
        }
        LaneMessage message = queue.messages.get(id);
        if (message.getWithdrawn()) {
            endOvertaken(queue, message.getDelivery(), now);
        } else {
            queue.lane.add(id, message.getDelivery().getCreatedAt());
        }
    }

    private static void gather(Queue queue, Delivery delivery, Grouping grouping, Instant now) {
        queue.gathering.add(delivery.getDeliveryId(), grouping, wait(delivery), delivery.getCreatedAt(), now);
    }

    private void start(Queue queue, Instant now) {
        if (!unread.isEmpty()) {
            return;
        }
        if (!queue.lane.isHeld(now)) {
            queue.gathering.due(group -> size(queue, group), now).forEach(due -> letGo(queue, due, now));
        }
        for (String id : queue.lane.start(now)) {
            LaneMessage message = queue.messages.get(id);
            dispatch.send(
                    message.getDelivery(),
                    Optional.ofNullable(notifications.get(queue.key)),
                    message.getFailures() + 1);
        }
    }

    /** One message goes alone, and several go as a digest: when this decision has come back. */
    private void letGo(Queue queue, List<String> ids, Instant now) {
        if (ids.size() == 1) {
            LaneMessage message = queue.messages.get(ids.get(0));
            queue.messages.put(LaneMessage.newBuilder(message).setReleased(true).build());
            output.publish(released(message.getDelivery()));
            return;
        }
        Digests digest = new Digests();
        for (String id : ids) {
            LaneMessage message = queue.messages.get(id);
            digest.add(message.getDelivery());
            queue.messages.put(
                    LaneMessage.newBuilder(message).setDigest(Digests.id(ids)).build());
        }
        Delivery delivery = digest.delivery(Digests.id(ids), now);
        queue.gathering.merge(delivery.getDeliveryId(), group(queue, ids.get(0)), ids);
        output.publish(delivery);
    }

    private void withdraw(Queue queue, String id, Instant now) {
        if (!queue.messages.contains(id)) {
            return;
        }
        LaneMessage message = queue.messages.get(id);
        Optional<String> digestId = queue.gathering.digestOf(id);
        if (digestId.isPresent()) {
            withdrawFromDigest(queue, message, digestId.get(), now);
        } else if (queue.gathering.remove(id)) {
            endOvertaken(queue, message.getDelivery(), now);
        } else if (queue.lane.message(id).isEmpty()) {
            queue.messages.put(
                    LaneMessage.newBuilder(message).setWithdrawn(true).build());
        } else if (queue.lane.withdraw(id).isPresent()) {
            endOvertaken(queue, message.getDelivery(), now);
        } else {
            queue.messages.put(message, queue.lane.message(id).orElseThrow());
        }
    }

    /** A digest that nobody can have received is made anew without what is not wanted any more. */
    private void withdrawFromDigest(Queue queue, LaneMessage member, String digestId, Instant now) {
        queue.messages.put(LaneMessage.newBuilder(member).setWithdrawn(true).build());
        if (queue.lane.message(digestId).isEmpty()) {
            return;
        }
        LaneMessage digest = queue.messages.get(digestId);
        Optional<Lane.Ended> ended = queue.lane.withdraw(digestId);
        if (ended.isPresent()) {
            takeApart(queue, digestId, now);
        } else {
            queue.messages.put(digest, queue.lane.message(digestId).orElseThrow());
        }
    }

    /** What is still wanted of a digest waits again. */
    private void takeApart(Queue queue, String digestId, Instant now) {
        List<String> members = queue.gathering.members(digestId);
        queue.gathering.dissolve(digestId);
        if (queue.messages.contains(digestId)) {
            queue.messages.remove(digestId);
        }
        for (String id : members) {
            LaneMessage member = queue.messages.get(id);
            if (member.getWithdrawn()) {
                endOvertaken(queue, member.getDelivery(), now);
            } else {
                queue.messages.put(
                        LaneMessage.newBuilder(member).setDigest(null).build());
                gather(
                        queue,
                        member.getDelivery(),
                        grouping(member.getDelivery()).orElseThrow(),
                        now);
            }
        }
    }

    private void endDigest(Queue queue, Lane.Ended ended, Delivery digest, DeliveryAttempt attempt, Instant now) {
        if (ended.outcome() == Outcome.OVERTAKEN) {
            takeApart(queue, ended.deliveryId(), now);
            return;
        }
        boolean isConversation = courier.merging(digest.getNotificationType()) == Merging.PROBLEMS;
        Optional<String> conversation = isConversation && digest.getConversation() == null
                ? Optional.of(digest.getDeliveryId())
                : Optional.empty();
        List<String> members = queue.gathering.members(ended.deliveryId());
        queue.gathering.dissolve(ended.deliveryId());
        queue.messages.remove(ended.deliveryId());
        for (String id : members) {
            Delivery member = queue.messages.get(id).getDelivery();
            Lane.Ended memberEnded = new Lane.Ended(id, ended.outcome(), ended.reason());
            if (Attempts.made(attempt).orElseThrow().isTransient()) {
                publish(memberEnded, member, now);
            } else {
                output.publish(Attempts.inDigest(member, attempt));
            }
            end(queue, memberEnded, member, attempt.getTimestamp(), conversation, now);
        }
    }

    private void endOvertaken(Queue queue, Delivery delivery, Instant now) {
        Lane.Ended ended = Lane.overtaken(delivery.getDeliveryId());
        publish(ended, delivery, now);
        end(queue, ended, delivery, now, Optional.empty(), now);
    }

    private void end(
            Queue queue, Lane.Ended ended, Delivery delivery, Instant at, Optional<String> conversation, Instant now) {
        queue.messages.remove(ended.deliveryId());
        AlertEvent event = Objects.requireNonNull(delivery.getEvent());
        String alarmKey = Keys.of(event.getTenantId(), event.getEntityId(), event.getAlarmId());
        planner.concluded(alarmKey, ended.deliveryId(), ended.outcome(), at, conversation, now);
    }

    /** An end that no attempt of its own tells of. */
    private void publish(Lane.Ended ended, Delivery delivery, Instant now) {
        AttemptResult result = ended.outcome() == Outcome.OVERTAKEN ? AttemptResult.OVERTAKEN : AttemptResult.GIVEN_UP;
        output.publish(Attempts.notMade(Attempts.of(delivery), result, ended.reason(), now));
    }

    /** Empty for a message that waits for no others. */
    private Optional<Grouping> grouping(Delivery delivery) {
        return delivery.getDigest() == null
                ? Groupings.of(delivery, courier.merging(delivery.getNotificationType()))
                : Optional.empty();
    }

    private Grouping group(Queue queue, String id) {
        return grouping(queue.messages.get(id).getDelivery()).orElseThrow();
    }

    private int size(Queue queue, String group) {
        return planner.conversation(queue.key, Groupings.conversation(group));
    }

    /** Says that a message goes out that has waited. */
    private static Delivery released(Delivery delivery) {
        return Delivery.newBuilder(delivery)
                .setReleased(true)
                .setEvent(null)
                .setSubject(null)
                .build();
    }

    private static Duration wait(Delivery delivery) {
        return Duration.ofMillis(delivery.getGroupWaitMs());
    }

    private void restore(Instant now) {
        try (KeyValueIterator<String, LaneMessage> rows = store.all()) {
            while (rows.hasNext()) {
                KeyValue<String, LaneMessage> row = rows.next();
                Queue queue = queue(LaneMessages.laneKey(row.key));
                queue.messages.restore(row.value);
                restore(queue, row.value, now);
            }
        }
    }

    private void restore(Queue queue, LaneMessage message, Instant now) {
        Delivery delivery = message.getDelivery();
        if (message.getDigest() != null) {
            queue.gathering.restore(delivery.getDeliveryId(), grouping(delivery).orElseThrow(), message.getDigest());
        } else if (message.getReleased()) {
            queue.lane.restore(LaneMessages.queued(message), now);
        } else {
            gather(queue, delivery, grouping(delivery).orElseThrow(), now);
        }
    }

    private Queue queue(String key) {
        return queues.computeIfAbsent(key, Queue::new);
    }

    private void forget(Queue queue) {
        if (queue.messages.isEmpty() && !queue.lane.isHeldUp() && queue.gathering.isIdle()) {
            queues.remove(queue.key);
        }
    }
}
