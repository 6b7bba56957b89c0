package io.tidewatch.notifier.task;

import io.tidewatch.notifier.incident.Acknowledgement;
import io.tidewatch.notifier.incident.Incident;
import io.tidewatch.notifier.incident.Message;
import io.tidewatch.notifier.incident.Receiver;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.GivenUpMessage;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.PendingMessage;
import io.tidewatch.schema.ReceiverMemory;
import io.tidewatch.schema.ToldProblem;
import io.tidewatch.schema.WithheldMessage;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Incidents from the rules' form to the stored one and back. Pure. */
final class IncidentRecords {
    private IncidentRecords() {}

    /** @param event the newest transition, which messages are made from */
    static io.tidewatch.schema.Incident stored(Incident incident, AlertEvent event) {
        Map<String, ReceiverMemory> receivers = new TreeMap<>();
        incident.receivers().forEach((channel, receiver) -> receivers.put(channel, stored(receiver)));
        return io.tidewatch.schema.Incident.newBuilder()
                .setTenantId(event.getTenantId())
                .setEntityId(event.getEntityId())
                .setCheckId(event.getCheckId())
                .setAlarmId(event.getAlarmId())
                .setNumber(incident.number())
                .setState(incident.state())
                .setEventId(incident.eventId())
                .setOpenedAt(incident.opened())
                .setAcknowledgement(or(incident.acknowledgement(), IncidentRecords::stored))
                .setEscalationSteps(incident.steps())
                .setSurfaced(incident.surfaced())
                .setReceivers(receivers)
                .setEvent(event)
                .build();
    }

    /** @param stored null before an alarm's first transition */
    static Incident read(io.tidewatch.schema.@Nullable Incident stored) {
        if (stored == null) {
            return Incident.NONE;
        }
        TreeMap<String, Receiver> receivers = new TreeMap<>();
        stored.getReceivers().forEach((channel, memory) -> receivers.put(channel, read(channel, memory)));
        return new Incident(
                stored.getNumber(),
                stored.getState(),
                stored.getEventId(),
                stored.getOpenedAt(),
                Optional.ofNullable(stored.getAcknowledgement()).map(IncidentRecords::read),
                stored.getEscalationSteps(),
                stored.getSurfaced(),
                receivers);
    }

    static MessageKind stored(Message.Kind kind) {
        return MessageKind.valueOf(kind.name());
    }

    static IncidentAcknowledgement stored(Acknowledgement acknowledgement) {
        return IncidentAcknowledgement.newBuilder()
                .setSticky(acknowledgement.sticky())
                .setState(acknowledgement.state())
                .setUntil(acknowledgement.until().orElse(null))
                .setWho(acknowledgement.who())
                .setNote(acknowledgement.note())
                .setAt(acknowledgement.at())
                .build();
    }

    private static Acknowledgement read(IncidentAcknowledgement stored) {
        return new Acknowledgement(
                stored.getSticky(),
                stored.getState(),
                Optional.ofNullable(stored.getUntil()),
                stored.getWho(),
                stored.getNote(),
                stored.getAt());
    }

    /** An incident as a command wants it to be. */
    static Incident after(IncidentCommand command, Incident incident) {
        return switch (command.getKind()) {
            case ACKNOWLEDGE ->
                incident.acknowledge(new Acknowledgement(
                        command.getSticky(),
                        incident.state(),
                        Optional.ofNullable(command.getUntil()),
                        command.getWho(),
                        command.getNote(),
                        command.getAt()));
            case UNACKNOWLEDGE -> incident.unacknowledge();
        };
    }

    private static ReceiverMemory stored(Receiver receiver) {
        return ReceiverMemory.newBuilder()
                .setTold(or(
                        receiver.told(),
                        told -> new ToldProblem(
                                told.incident(),
                                told.state(),
                                told.at(),
                                told.acknowledged(),
                                told.conversation().orElse(null))))
                .setPending(or(receiver.pending(), IncidentRecords::stored))
                .setGivenUp(or(
                        receiver.givenUp(),
                        givenUp -> new GivenUpMessage(givenUp.incident(), givenUp.state(), givenUp.end())))
                .setWithheld(
                        or(receiver.withheld(), withheld -> new WithheldMessage(withheld.state(), withheld.reason())))
                .setEndOf(receiver.endOf())
                .setMessages(receiver.messages())
                .build();
    }

    private static PendingMessage stored(Receiver.Pending pending) {
        Message message = pending.message();
        return new PendingMessage(
                message.deliveryId(),
                stored(message.kind()),
                message.incident(),
                message.state(),
                message.eventId(),
                pending.withdrawn());
    }

    private static Receiver read(String channel, ReceiverMemory stored) {
        return new Receiver(
                Optional.ofNullable(stored.getTold())
                        .map(told -> new Receiver.Told(
                                told.getIncident(),
                                told.getState(),
                                told.getAt(),
                                told.getAcknowledged(),
                                Optional.ofNullable(told.getConversation()))),
                Optional.ofNullable(stored.getPending()).map(pending -> read(channel, pending)),
                Optional.ofNullable(stored.getGivenUp())
                        .map(givenUp ->
                                new Receiver.GivenUp(givenUp.getIncident(), givenUp.getState(), givenUp.getEnd())),
                Optional.ofNullable(stored.getWithheld())
                        .map(withheld -> new Receiver.Withheld(withheld.getState(), withheld.getReason())),
                stored.getEndOf(),
                stored.getMessages());
    }

    private static Receiver.Pending read(String channel, PendingMessage stored) {
        return new Receiver.Pending(
                new Message(
                        stored.getDeliveryId(),
                        channel,
                        Message.Kind.valueOf(stored.getKind().name()),
                        stored.getIncident(),
                        stored.getState(),
                        stored.getEventId()),
                stored.getWithdrawn());
    }

    private static <A, B> @Nullable B or(Optional<A> value, Function<A, B> stored) {
        return value.map(stored).orElse(null);
    }
}
