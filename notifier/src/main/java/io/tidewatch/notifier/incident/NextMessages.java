package io.tidewatch.notifier.incident;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.State;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What receivers of an alarm have to be told now: the difference between its state and what each of them believes. Whatever
 * changed, a state, the time, the plan, a suppression or the fate of a delivery, the question is the same, so that nothing is
 * told twice and nothing is forgotten. One message to a receiver is on its way at a time.
 *
 * @param after the incident with these messages on their way
 * @param messages to be sent
 * @param withdrawn ids of deliveries that are no longer wanted, if they are still unsent
 * @param withheld what receivers are not told, with the reason, where that was not recorded before
 * @param lookAgainAt when the answer may be another one by itself
 */
public record NextMessages(
        Incident after,
        List<Message> messages,
        List<String> withdrawn,
        List<WithheldMessage> withheld,
        Optional<Instant> lookAgainAt) {
    /** @param channel the id of the notification */
    public record WithheldMessage(String channel, State state, String eventId, String reason) {}

    /**
     * Decides it.
     *
     * @param alarmKey what ids are made of, {@code tenant/entity/alarm}
     * @param traits of channels
     */
    public static NextMessages of(
            String alarmKey, Incident incident, Plan plan, Verdict verdict, ChannelTraits traits, Instant now) {
        return new Deliberation(alarmKey, plan, verdict, traits, now).of(incident);
    }

    private static final class Deliberation {
        private final String alarmKey;
        private final Plan plan;
        private final Verdict verdict;
        private final ChannelTraits traits;
        private final Instant now;
        private final List<Message> messages = new ArrayList<>();
        private final List<String> withdrawn = new ArrayList<>();
        private final List<WithheldMessage> withheld = new ArrayList<>();
        private final List<Instant> times = new ArrayList<>();

        Deliberation(String alarmKey, Plan plan, Verdict verdict, ChannelTraits traits, Instant now) {
            this.alarmKey = alarmKey;
            this.plan = plan;
            this.verdict = verdict;
            this.traits = traits;
            this.now = now;
        }

        NextMessages of(Incident before) {
            Incident incident = current(before);
            SortedMap<String, Receiver> receivers = new TreeMap<>();
            Set<String> recipients = recipients(incident);
            SortedSet<String> channels = new TreeSet<>(recipients);
            channels.addAll(incident.receivers().keySet());
            for (String channel : channels) {
                Receiver receiver = incident.receivers().getOrDefault(channel, Receiver.NEW);
                Receiver after = receiver.pending().isPresent()
                        ? wait(incident, receiver)
                        : next(incident, channel, receiver, recipients.contains(channel));
                if (!after.isNew() || after.messages() > 0 || recipients.contains(channel)) {
                    receivers.put(channel, after);
                }
            }
            return new NextMessages(
                    incident.with(incident.steps(), incident.surfaced(), receivers),
                    List.copyOf(messages),
                    List.copyOf(withdrawn),
                    List.copyOf(withheld),
                    times.stream().filter(time -> time.isAfter(now)).min(Instant::compareTo));
        }

        /** With what the time has brought. */
        private Incident current(Incident before) {
            Incident incident = before.withAcknowledgement(
                    before.acknowledgement().filter(holding -> holding.holds(before.state(), now)));
            incident.acknowledgement().flatMap(Acknowledgement::until).ifPresent(times::add);
            verdict.until().ifPresent(times::add);
            if (incident.state() == State.OK) {
                return incident;
            }
            int steps = incident.steps();
            if (incident.acknowledgement().isEmpty()) {
                steps = Math.max(steps, plan.steps(incident.opened(), now));
                plan.nextStep(incident.opened(), now).ifPresent(times::add);
            }
            boolean surfaces = obstacle(incident).isEmpty();
            return incident.with(steps, incident.surfaced() || surfaces, incident.receivers());
        }

        private Set<String> recipients(Incident incident) {
            Set<String> planned =
                    incident.state() == State.OK ? plan.of(State.OK) : plan.of(incident.state(), incident.steps());
            return Fallbacks.with(planned, incident, traits);
        }

        /** Something is on its way. If it is no longer what the receiver should hear, its sender is told so. */
        private Receiver wait(Incident incident, Receiver receiver) {
            Receiver.Pending pending = receiver.pending().orElseThrow();
            Message.Kind kind = pending.message().kind();
            boolean wanted = !kind.opens()
                    || (pending.message().state() == incident.state()
                            && (kind != Message.Kind.ACKNOWLEDGED
                                    || incident.acknowledgement().isPresent()));
            if (wanted || pending.withdrawn()) {
                return receiver;
            }
            withdrawn.add(pending.message().deliveryId());
            return receiver.withdrawn();
        }

        private Receiver next(Incident incident, String channel, Receiver receiver, boolean recipient) {
            if (incident.state() == State.OK) {
                return end(incident, channel, receiver, recipient);
            }
            if (!recipient) {
                return receiver;
            }
            return receiver.told()
                    .map(told -> told.state() == incident.state()
                            ? again(incident, channel, receiver, told)
                            : problem(incident, channel, receiver, Message.Kind.UPDATE, told.incident()))
                    .orElseGet(() -> problem(incident, channel, receiver, Message.Kind.PROBLEM, incident.number()));
        }

        private Receiver end(Incident incident, String channel, Receiver receiver, boolean recipient) {
            if (receiver.told().isPresent()) {
                long number = receiver.told().get().incident();
                return verdict.withholdsEnds()
                        ? withhold(incident, channel, receiver, verdict.reason())
                        : send(incident, channel, receiver, Message.Kind.RESOLVED, number);
            }
            boolean news = recipient && incident.surfaced() && receiver.endOf() < incident.number();
            if (!news) {
                return receiver;
            }
            return verdict.withholdsProblems()
                    ? withhold(incident, channel, receiver, verdict.reason())
                    : send(incident, channel, receiver, Message.Kind.RECOVERED, incident.number());
        }

        private Receiver problem(Incident incident, String channel, Receiver receiver, Message.Kind kind, long number) {
            Optional<String> obstacle = obstacle(incident);
            return obstacle.isPresent()
                    ? withhold(incident, channel, receiver, obstacle.get())
                    : send(incident, channel, receiver, kind, number);
        }

        /** The receiver knows the state. */
        private Receiver again(Incident incident, String channel, Receiver receiver, Receiver.Told told) {
            if (incident.acknowledgement().isPresent()) {
                return told.acknowledged() || !traits.acknowledges(channel)
                        ? receiver
                        : send(incident, channel, receiver, Message.Kind.ACKNOWLEDGED, told.incident());
            }
            Optional<Instant> due =
                    plan.repeatAfter().map((Duration after) -> told.at().plus(after));
            if (due.isEmpty() || obstacle(incident).isPresent()) {
                return receiver;
            }
            if (due.get().isAfter(now)) {
                times.add(due.get());
                return receiver;
            }
            return send(incident, channel, receiver, Message.Kind.REMINDER, told.incident());
        }

        /** Why nobody is told of the problem right now. */
        private Optional<String> obstacle(Incident incident) {
            if (verdict.withholdsProblems()) {
                return Optional.of(verdict.reason());
            }
            Optional<String> acknowledged = incident.acknowledgement().map(Acknowledgement::reason);
            if (acknowledged.isPresent()) {
                return acknowledged;
            }
            Instant heldUntil = plan.heldUntil(incident.opened(), incident.state());
            if (heldUntil.isAfter(now)) {
                times.add(heldUntil);
                return Optional.of("told when it lasts until " + heldUntil);
            }
            return Optional.empty();
        }

        private Receiver send(Incident incident, String channel, Receiver receiver, Message.Kind kind, long number) {
            Receiver.GivenUp same = new Receiver.GivenUp(number, incident.state(), !kind.opens());
            if (receiver.givenUp().filter(same::equals).isPresent()) {
                return receiver;
            }
            Message message = new Message(
                    id(channel, incident.eventId(), kind, receiver.messages()),
                    channel,
                    kind,
                    number,
                    incident.state(),
                    incident.eventId());
            messages.add(message);
            return receiver.with(message, incident.number());
        }

        private Receiver withhold(Incident incident, String channel, Receiver receiver, String reason) {
            Receiver.Withheld record = new Receiver.Withheld(incident.state(), reason);
            if (receiver.withheld().filter(record::equals).isPresent()) {
                return receiver;
            }
            withheld.add(new WithheldMessage(channel, incident.state(), incident.eventId(), reason));
            return receiver.with(record);
        }

        private String id(String channel, String eventId, Message.Kind kind, long messagesBefore) {
            String text = String.join("\n", alarmKey, channel, eventId, kind.name(), Long.toString(messagesBefore));
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
                return HexFormat.of().formatHex(Arrays.copyOf(hash, 16));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }
    }
}
