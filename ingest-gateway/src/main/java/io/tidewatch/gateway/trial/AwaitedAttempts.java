package io.tidewatch.gateway.trial;

import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.topics.TopicFollower;
import io.tidewatch.topics.TopicRecord;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Who waits for the attempt at a delivery, in this process. A follower of {@code delivery-attempts} brings the attempts of all, from
 * now on; any thread waits. As many wait as have their turn, which bounds the memory that this takes.
 */
public final class AwaitedAttempts implements TopicFollower.Reader {
    private final Map<String, CompletableFuture<DeliveryAttempt>> awaited = new ConcurrentHashMap<>();
    private volatile boolean follows;

    @Override
    public void caughtUp() {
        follows = true;
    }

    @Override
    public void apply(TopicRecord topicRecord) {
        topicRecord.value().map(DeliveryAttempt.class::cast).ifPresent(attempt -> {
            CompletableFuture<DeliveryAttempt> waiting = awaited.get(attempt.getDeliveryId());
            if (waiting != null) {
                waiting.complete(attempt);
            }
        });
    }

    /**
     * Sends a delivery, and waits for the attempt at it.
     *
     * @return empty when none is told of in time
     * @throws LogUnavailableException when attempts are not followed yet, and nothing was sent; whatever {@code send} throws
     */
    Optional<DeliveryAttempt> await(String deliveryId, Runnable send, Duration timeout) {
        if (!follows) {
            throw new LogUnavailableException("The gateway is starting, and could not tell how a test ends", null);
        }
        CompletableFuture<DeliveryAttempt> waiting = new CompletableFuture<>();
        awaited.put(deliveryId, waiting);
        try {
            send.run();
            return Optional.of(waiting.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LogUnavailableException("The gateway ends; how the test ends is not known", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("An attempt is never completed exceptionally", e);
        } finally {
            awaited.remove(deliveryId);
        }
    }
}
