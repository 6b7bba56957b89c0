package io.tidewatch.topics;

import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.errors.ApplicationRecoverableException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.jspecify.annotations.Nullable;

/**
 * Whether a producer can still write, judged by its answers. Thread-safe.
 *
 * <p>An idempotent producer that can't get its id, because the broker refuses it or does not know the request, fails every later
 * record with that error, even when the reason is gone. And a producer whose I/O thread has ended, as it does for want of memory,
 * takes records and answers none.
 *
 * <p>Source: Kafka's clients 4.x, {@code TransactionManager.transitionToFatalError} and {@code Sender.run}, which catches
 * exceptions but no errors; KIP-1050 for the classes.
 */
public final class ProducerLife {
    private final long answerTimeoutNanos;
    private final Set<Sent> unanswered = ConcurrentHashMap.newKeySet();
    private volatile Optional<String> endedBecause = Optional.empty();

    /**
     * @param answerTimeout no living producer takes that long to acknowledge a record or to give it up
     */
    public ProducerLife(Duration answerTimeout) {
        this.answerTimeoutNanos = answerTimeout.toNanos();
    }

    /** A record that a producer was given. Compared by identity. */
    public static final class Sent {
        private final long atNanos = System.nanoTime();

        private Sent() {}
    }

    /** A record is given to the producer. */
    public Sent send() {
        Sent sent = new Sent();
        unanswered.add(sent);
        return sent;
    }

    /**
     * The producer has answered for a record.
     *
     * @param failure null when the record was acknowledged
     */
    public void answer(Sent sent, @Nullable Exception failure) {
        unanswered.remove(sent);
        if (isFinal(failure)) {
            endedBecause = Optional.of("The producer can't write any more: " + failure);
        }
    }

    /** Why no further record will ever be written; empty while the producer lives. */
    public Optional<String> endedBecause() {
        if (endedBecause.isEmpty()) {
            long now = System.nanoTime();
            if (unanswered.stream().anyMatch(sent -> now - sent.atNanos > answerTimeoutNanos)) {
                endedBecause = Optional.of("The producer does not answer any more: its I/O thread must have ended");
            }
        }
        return endedBecause;
    }

    /** An illegal state is a producer that has been closed. */
    private static boolean isFinal(@Nullable Exception failure) {
        return failure instanceof ApplicationRecoverableException
                || failure instanceof AuthenticationException
                || failure instanceof ClusterAuthorizationException
                || failure instanceof UnsupportedVersionException
                || failure instanceof IllegalStateException;
    }
}
