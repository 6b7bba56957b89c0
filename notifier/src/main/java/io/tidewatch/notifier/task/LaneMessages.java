package io.tidewatch.notifier.task;

import io.tidewatch.notifier.delivery.Queued;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.state.LaneMessage;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.streams.state.KeyValueStore;

/** The stored messages of one notification's queue, numbered in the order in which they came. Confined to the task's thread. */
final class LaneMessages {
    private final KeyValueStore<String, LaneMessage> store;
    private final String laneKey;
    private final Map<String, Long> numbers = new HashMap<>();
    private long next;

    /** @param laneKey {@code tenant/notification} */
    LaneMessages(KeyValueStore<String, LaneMessage> store, String laneKey) {
        this.store = store;
        this.laneKey = laneKey;
    }

    /** The queue that a row of the store belongs to. */
    static String laneKey(String storeKey) {
        return storeKey.substring(0, storeKey.lastIndexOf('/'));
    }

    /** Takes in a row of the store, which are read in the order of their keys. */
    void restore(LaneMessage message) {
        numbers.put(message.getDelivery().getDeliveryId(), message.getNumber());
        next = message.getNumber() + 1;
    }

    boolean contains(String deliveryId) {
        return numbers.containsKey(deliveryId);
    }

    boolean isEmpty() {
        return numbers.isEmpty();
    }

    int size() {
        return numbers.size();
    }

    /** A message that is here. */
    LaneMessage get(String deliveryId) {
        return Objects.requireNonNull(store.get(storeKey(number(deliveryId))), deliveryId);
    }

    /** @param released whether it may be sent by itself */
    void add(Delivery delivery, boolean released) {
        long number = next++;
        numbers.put(delivery.getDeliveryId(), number);
        put(LaneMessage.newBuilder()
                .setDelivery(delivery)
                .setNumber(number)
                .setFailures(0)
                .setNotBefore(delivery.getCreatedAt())
                .setMaybeReceived(false)
                .setWithdrawn(false)
                .setReleased(released)
                .build());
    }

    /** Replaces a message that is here. */
    void put(LaneMessage message) {
        store.put(storeKey(message.getNumber()), message);
    }

    /** What has become of a message so far. */
    void put(LaneMessage before, Queued queued) {
        put(LaneMessage.newBuilder(before)
                .setFailures(queued.failures())
                .setNotBefore(queued.notBefore())
                .setMaybeReceived(queued.maybeReceived())
                .setWithdrawn(queued.withdrawn())
                .build());
    }

    /** A message as its lane had it. */
    static Queued queued(LaneMessage message) {
        return new Queued(
                message.getDelivery().getDeliveryId(),
                message.getDelivery().getCreatedAt(),
                message.getFailures(),
                message.getNotBefore(),
                message.getMaybeReceived(),
                message.getWithdrawn(),
                false);
    }

    void remove(String deliveryId) {
        store.delete(storeKey(number(deliveryId)));
        numbers.remove(deliveryId);
    }

    private long number(String deliveryId) {
        return Objects.requireNonNull(numbers.get(deliveryId), deliveryId);
    }

    /** Keys are in the order of the numbers. */
    private String storeKey(long number) {
        return "%s/%019d".formatted(laneKey, number);
    }
}
