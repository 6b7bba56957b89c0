package io.tidewatch.notifier.sending;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** The parts that all attempts of a transition, or of a delivery, have in common. */
public final class Attempts {
    private Attempts() {}

    public static DeliveryAttempt.Builder of(AlertEvent event) {
        return DeliveryAttempt.newBuilder()
                .setTenantId(event.getTenantId())
                .setNotificationPlanId(event.getNotificationPlanId())
                .setEntityId(event.getEntityId())
                .setCheckId(event.getCheckId())
                .setAlarmId(event.getAlarmId())
                .setEventId(event.getEventId())
                .setState(event.getState())
                .setPreviousState(event.getPreviousState())
                .setStatus(event.getStatus())
                .setEventTimestamp(event.getTimestamp());
    }

    /** @param delivery no withdrawal */
    public static DeliveryAttempt.Builder of(Delivery delivery) {
        DeliveryAttempt.Builder begun =
                delivery.getDigest() == null ? of(Objects.requireNonNull(delivery.getEvent())) : ofDigest(delivery);
        return begun.setDeliveryId(delivery.getDeliveryId())
                .setNotificationId(delivery.getNotificationId())
                .setNotificationType(delivery.getNotificationType())
                .setKind(delivery.getKind())
                .setIncident(delivery.getIncident())
                .setState(delivery.getState());
    }

    /** One record for the whole: those of its alarms follow when it has ended. */
    private static DeliveryAttempt.Builder ofDigest(Delivery delivery) {
        return DeliveryAttempt.newBuilder()
                .setTenantId(delivery.getTenantId())
                .setEntityId("")
                .setCheckId("")
                .setAlarmId("")
                .setEventId("")
                .setPreviousState(delivery.getState())
                .setStatus("")
                .setEventTimestamp(delivery.getOpenedAt());
    }

    /**
     * What became of a message that went out with others.
     *
     * @param digest the attempt of the whole
     */
    public static DeliveryAttempt inDigest(Delivery delivery, DeliveryAttempt digest) {
        return of(delivery)
                .setDigestId(digest.getDeliveryId())
                .setAttempt(digest.getAttempt())
                .setResult(digest.getResult())
                .setReason(digest.getReason())
                .setFrom(digest.getFrom())
                .setTimestamp(digest.getTimestamp())
                .setTookMs(digest.getTookMs())
                .build();
    }

    /** Says that nothing was sent, and why: the notifier's own word, and no sender's. */
    public static DeliveryAttempt notMade(
            DeliveryAttempt.Builder begun, AttemptResult result, String reason, Instant now) {
        return begun.setAttempt(0)
                .setResult(result)
                .setReason(reason)
                .setFrom("")
                .setTimestamp(now)
                .setTookMs(0)
                .build();
    }

    /** The attempt that a sender has made; empty when none was made, see {@link #notMade}. */
    public static Optional<Attempt> made(DeliveryAttempt stored) {
        Optional<Attempt.Result> result = switch (stored.getResult()) {
            case CONFIRMED -> Optional.of(Attempt.Result.CONFIRMED);
            case REFUSED -> Optional.of(Attempt.Result.REFUSED);
            case NOT_RECEIVED -> Optional.of(Attempt.Result.NOT_RECEIVED);
            case UNKNOWN -> Optional.of(Attempt.Result.UNKNOWN);
            case OVERTAKEN, GIVEN_UP, SUPPRESSED -> Optional.empty();
        };
        return result.map(known -> new Attempt(
                known,
                stored.getReason(),
                Optional.ofNullable(stored.getNotBefore()),
                Optional.ofNullable(stored.getProxy())));
    }
}
