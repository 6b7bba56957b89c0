package io.tidewatch.notifier.incident;

import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * An alarm's problem, from leaving OK to coming back, and what each receiver knows of it. Outlives its end: the next incident
 * has the next number, and receivers may have yet to hear of the end.
 *
 * @param number of the newest incident; 0 before the first
 * @param eventId the newest transition
 * @param opened when the newest incident began
 * @param acknowledgement of the problem
 * @param steps how many steps of the escalation have been reached
 * @param surfaced whether a receiver could have been told of the newest incident
 * @param receivers by the ids of their channels
 */
public record Incident(
        long number,
        State state,
        String eventId,
        Instant opened,
        Optional<Acknowledgement> acknowledgement,
        int steps,
        boolean surfaced,
        SortedMap<String, Receiver> receivers) {
    /** An alarm of which nothing was told yet. */
    public static final Incident NONE =
            new Incident(0, State.OK, "", Instant.EPOCH, Optional.empty(), 0, false, Collections.emptySortedMap());

    public Incident {
        receivers = Collections.unmodifiableSortedMap(new TreeMap<>(receivers));
    }

    /** After a transition; the same again if it is the one that was entered last. */
    public Incident enter(String event, State entered, Instant at) {
        if (event.equals(eventId)) {
            return this;
        }
        boolean opens = state == State.OK && entered != State.OK;
        return new Incident(
                opens ? number + 1 : number,
                entered,
                event,
                opens ? at : opened,
                acknowledgement.filter(holding -> holding.holds(entered, at)),
                opens ? 0 : steps,
                !opens && surfaced,
                forgetWithheld());
    }

    /** Somebody takes care; nothing happens if there is no problem, or if they have said the same before. */
    public Incident acknowledge(Acknowledgement by) {
        boolean saysNothingNew = acknowledgement.filter(by::repeats).isPresent();
        return state == State.OK || saysNothingNew ? this : withAcknowledgement(Optional.of(by));
    }

    /** Nobody takes care any more. */
    public Incident unacknowledge() {
        return withAcknowledgement(Optional.empty());
    }

    /**
     * After a delivery has ended for good; the same again if none of this id is on its way.
     *
     * @param conversation the digest by which the receiver knows the problem from now on; empty: as before
     */
    public Incident concluded(String deliveryId, Outcome outcome, Instant at, Optional<String> conversation) {
        return receivers.entrySet().stream()
                .filter(receiver -> receiver.getValue()
                        .pending()
                        .filter(on -> on.message().deliveryId().equals(deliveryId))
                        .isPresent())
                .findFirst()
                .map(receiver -> with(receiver.getKey(), receiver.getValue().concluded(outcome, at, conversation)))
                .orElse(this);
    }

    Incident with(String channel, Receiver receiver) {
        SortedMap<String, Receiver> changed = new TreeMap<>(receivers);
        changed.put(channel, receiver);
        return with(steps, surfaced, changed);
    }

    Incident with(int stepsReached, boolean hasSurfaced, SortedMap<String, Receiver> known) {
        return new Incident(number, state, eventId, opened, acknowledgement, stepsReached, hasSurfaced, known);
    }

    Incident withAcknowledgement(Optional<Acknowledgement> by) {
        return new Incident(number, state, eventId, opened, by, steps, surfaced, receivers);
    }

    /** What is withheld is recorded once for each transition. */
    private SortedMap<String, Receiver> forgetWithheld() {
        SortedMap<String, Receiver> known = new TreeMap<>(receivers);
        known.replaceAll((channel, receiver) -> receiver.forgetWithheld());
        return known;
    }
}
