package io.tidewatch.notifier.delivery;

import io.tidewatch.notifier.incident.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The queue of one channel. Messages are tried in their order, several at a time; one that failed is tried again later, and
 * those behind it go on. When a channel fails again and again, or says when it wants to be asked again, all of its messages
 * wait; then one goes first, and the others when that was confirmed. No other channel notices.
 *
 * <p>It takes what it is told and says what is to be done; whoever owns it keeps {@link #queued()} and sends. Confined to
 * one thread.
 */
public final class Lane {
    private final Patience patience;
    private final RandomGenerator lots;
    private final Map<String, Queued> queue = new LinkedHashMap<>();
    private int inFlight;
    private int failuresInARow;
    private Instant heldUntil = Instant.MIN;

    /** @param lots for the waits between attempts */
    public Lane(Patience patience, RandomGenerator lots) {
        this.patience = patience;
        this.lots = lots;
    }

    /** The end of a message's way. */
    public record Ended(String deliveryId, Outcome outcome, String reason) {}

    /** Takes in a message from before a restart, which may have been under way if its time had come. */
    public void restore(Queued message, Instant now) {
        queue.put(message.deliveryId(), message.restored(now));
    }

    /** Adds a message; one that is there already stays as it is. */
    public void add(String deliveryId, Instant now) {
        queue.putIfAbsent(deliveryId, Queued.at(deliveryId, now));
    }

    /** Everything that has not ended, in its order. */
    public List<Queued> queued() {
        return List.copyOf(queue.values());
    }

    /** A message that has not ended. */
    public Optional<Queued> message(String deliveryId) {
        return Optional.ofNullable(queue.get(deliveryId));
    }

    /**
     * A message is no longer wanted.
     *
     * @return its end, if it can't have been received; otherwise it is tried until its fate is known
     */
    public Optional<Ended> withdraw(String deliveryId) {
        Queued message = queue.get(deliveryId);
        if (message == null) {
            return Optional.empty();
        }
        if (message.inFlight() || message.maybeReceived()) {
            queue.put(deliveryId, message.unwanted());
            return Optional.empty();
        }
        queue.remove(deliveryId);
        return Optional.of(overtaken(deliveryId));
    }

    /** The end of a message that was not sent, because it was not wanted any more. */
    public static Ended overtaken(String deliveryId) {
        return new Ended(deliveryId, Outcome.OVERTAKEN, "a later state has overtaken it");
    }

    /** What to try now: from here on it is under way, until {@link #attempted}. */
    public List<String> start(Instant now) {
        if (isHeld(now)) {
            return List.of();
        }
        int atATime = isHeldUp() ? 1 : patience.concurrency();
        int room = atATime - inFlight;
        List<String> due = new ArrayList<>();
        for (Queued message : queue.values()) {
            if (due.size() >= room) {
                break;
            }
            if (!message.inFlight() && !message.notBefore().isAfter(now)) {
                due.add(message.deliveryId());
            }
        }
        due.forEach(id -> queue.computeIfPresent(id, (key, message) -> message.started()));
        inFlight += due.size();
        return due;
    }

    /**
     * An attempt has ended, one of this lane or of its former owner.
     *
     * @return the end of the message, if that was its last attempt
     */
    public Optional<Ended> attempted(String deliveryId, Attempt attempt, Instant now) {
        Queued message = queue.get(deliveryId);
        if (message == null) {
            return Optional.empty();
        }
        if (message.inFlight()) {
            inFlight--;
        }
        attempt.notBefore().filter(time -> time.isAfter(heldUntil)).ifPresent(time -> heldUntil = time);
        if (!attempt.isTransient()) {
            failuresInARow = 0;
            boolean confirmed = attempt.result() == Attempt.Result.CONFIRMED;
            return Optional.of(end(
                    deliveryId, confirmed ? Outcome.DELIVERED : givenUp(message.maybeReceived()), attempt.reason()));
        }
        failuresInARow++;
        hold(now);
        return failed(message, attempt, now);
    }

    /** Whether nothing is tried right now, whatever is queued. */
    public boolean isHeld(Instant now) {
        return heldUntil.isAfter(now);
    }

    /** When {@link #start} may have something to do by itself; empty while nothing is queued. */
    public Optional<Instant> nextStart() {
        return queue.values().stream()
                .filter(message -> !message.inFlight())
                .map(Queued::notBefore)
                .min(Instant::compareTo)
                .map(time -> time.isBefore(heldUntil) ? heldUntil : time);
    }

    /** Whether the channel has failed so often that its messages wait for one of them. */
    public boolean isHeldUp() {
        return failuresInARow >= patience.failuresToHold();
    }

    private Optional<Ended> failed(Queued message, Attempt attempt, Instant now) {
        boolean received = message.maybeReceived() || attempt.result() == Attempt.Result.UNKNOWN;
        if (message.withdrawn() && !received) {
            queue.remove(message.deliveryId());
            return Optional.of(overtaken(message.deliveryId()));
        }
        if (!now.isBefore(message.queuedAt().plus(patience.ageLimit()))) {
            return Optional.of(end(
                    message.deliveryId(),
                    givenUp(received),
                    "given up after " + patience.ageLimit().toHours() + " h: " + attempt.reason()));
        }
        long longestMs = patience.backoff(message.failures() + 1).toMillis();
        Instant next = now.plusMillis(lots.nextLong(longestMs + 1));
        queue.put(message.deliveryId(), message.failed(next, received));
        return Optional.empty();
    }

    private void hold(Instant now) {
        Duration hold = patience.hold(failuresInARow);
        Instant until = now.plus(hold);
        if (!hold.isZero() && until.isAfter(heldUntil)) {
            heldUntil = until;
        }
    }

    private static Outcome givenUp(boolean maybeReceived) {
        return maybeReceived ? Outcome.LOST : Outcome.REFUSED;
    }

    private Ended end(String deliveryId, Outcome outcome, String reason) {
        queue.remove(deliveryId);
        return new Ended(deliveryId, outcome, reason);
    }
}
