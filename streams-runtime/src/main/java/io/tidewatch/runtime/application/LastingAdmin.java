package io.tidewatch.runtime.application;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks Kafka questions with an {@link Admin} that is made anew when it has not answered for a while: one whose thread has
 * died never answers again, and does not say so. One thread at a time.
 */
public final class LastingAdmin implements AutoCloseable {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(2);

    /** So long that a broker that is away costs no thread and no page of log each second. */
    private static final Duration MADE_ANEW_AFTER = Duration.ofSeconds(30);

    private final Map<String, Object> client;
    private final Function<Map<String, Object>, Admin> factory;
    private final LongSupplier nanoTime;
    private @Nullable Admin admin;
    private boolean failing;
    private long failingSinceNanos;

    /** @param client where Kafka is, as properties of a client */
    public LastingAdmin(Map<String, Object> client) {
        this(client, Admin::create, System::nanoTime);
    }

    LastingAdmin(Map<String, Object> client, Function<Map<String, Object>, Admin> factory, LongSupplier nanoTime) {
        this.client = new HashMap<>(client);
        this.client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER_WITHIN.toMillis());
        this.factory = factory;
        this.nanoTime = nanoTime;
    }

    /**
     * Waits for an answer, for two seconds at most.
     *
     * @throws IllegalStateException when there is none, with Kafka's reason; calling again is safe if the question is
     */
    public synchronized <T> T ask(Function<Admin, KafkaFuture<T>> question) {
        try {
            if (admin == null) {
                admin = factory.apply(client);
            }
            T answer = question.apply(admin).get(ANSWER_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
            failing = false;
            return answer;
        } catch (ExecutionException | TimeoutException | KafkaException e) {
            noteFailure();
            throw new IllegalStateException("Kafka does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka", e);
        }
    }

    @Override
    public synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
            admin = null;
        }
    }

    private void noteFailure() {
        long now = nanoTime.getAsLong();
        if (!failing) {
            failing = true;
            failingSinceNanos = now;
        } else if (now - failingSinceNanos >= MADE_ANEW_AFTER.toNanos()) {
            close();
            failing = false;
        }
    }
}
