package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Optional;

/**
 * What one channel knows of an alarm, and what is on its way to it. At most one message is, so that none overtakes another.
 *
 * @param told the problem that it believes in; empty when it believes in none
 * @param pending the message on its way
 * @param givenUp what could not be delivered, and is not tried again
 * @param withheld what it is not told right now, as last recorded
 * @param endOf the number of the last incident whose end it was sent
 * @param messages how many it was sent, which makes each one's id
 */
public record Receiver(
        Optional<Told> told,
        Optional<Pending> pending,
        Optional<GivenUp> givenUp,
        Optional<Withheld> withheld,
        long endOf,
        long messages) {
    static final Receiver NEW =
            new Receiver(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0);

    /**
     * The problem that a receiver believes in.
     *
     * @param incident the number that it knows it by
     * @param at when it was last told of it
     * @param acknowledged whether it was told that somebody takes care
     * @param conversation the digest by which it knows the problem, where it opens an incident for what it is told; empty when
     *     it knows the problem by its own number
     */
    public record Told(long incident, State state, Instant at, boolean acknowledged, Optional<String> conversation) {}

    /** @param withdrawn whether its sender was told that it is no longer wanted */
    public record Pending(Message message, boolean withdrawn) {}

    /** A message of this kind about this incident in this state is not tried again. */
    public record GivenUp(long incident, State state, boolean end) {}

    /** @param reason for people */
    public record Withheld(State state, String reason) {}

    boolean isNew() {
        return told.isEmpty() && pending.isEmpty();
    }

    /** @param incident the number of the newest one, which the receiver may know by another */
    Receiver with(Message message, long incident) {
        return new Receiver(
                told,
                Optional.of(new Pending(message, false)),
                givenUp,
                Optional.empty(),
                message.kind().opens() ? endOf : incident,
                messages + 1);
    }

    Receiver with(Withheld reason) {
        return new Receiver(told, pending, givenUp, Optional.of(reason), endOf, messages);
    }

    Receiver forgetWithheld() {
        return new Receiver(told, pending, givenUp, Optional.empty(), endOf, messages);
    }

    Receiver withdrawn() {
        return new Receiver(
                told, pending.map(on -> new Pending(on.message(), true)), givenUp, withheld, endOf, messages);
    }

    /**
     * How the message on its way ended.
     *
     * @param conversation the digest by which the receiver knows the problem from now on; empty: as before
     */
    Receiver concluded(Outcome outcome, Instant at, Optional<String> conversation) {
        Message message = pending.orElseThrow().message();
        boolean end = !message.kind().opens();
        return switch (outcome) {
            case DELIVERED ->
                new Receiver(
                        after(message, at, conversation),
                        Optional.empty(),
                        Optional.empty(),
                        withheld,
                        endOf,
                        messages);
            case OVERTAKEN -> new Receiver(told, Optional.empty(), givenUp, withheld, endOf, messages);
            case REFUSED -> new Receiver(told, Optional.empty(), giveUp(message), withheld, endOf, messages);
            // Whoever may have been told of a problem is told of its end.
            case LOST ->
                new Receiver(
                        end ? told : after(message, at, conversation),
                        Optional.empty(),
                        giveUp(message),
                        withheld,
                        endOf,
                        messages);
        };
    }

    private static Optional<GivenUp> giveUp(Message message) {
        return Optional.of(
                new GivenUp(message.incident(), message.state(), !message.kind().opens()));
    }

    private Optional<Told> after(Message message, Instant at, Optional<String> conversation) {
        return message.kind().opens()
                ? Optional.of(new Told(
                        message.incident(),
                        message.state(),
                        at,
                        message.kind() == Message.Kind.ACKNOWLEDGED,
                        conversation.or(() -> told.flatMap(Told::conversation))))
                : Optional.empty();
    }
}
