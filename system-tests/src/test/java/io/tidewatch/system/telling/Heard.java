package io.tidewatch.system.telling;

import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;

/**
 * A message that a receiver has taken, whether it could say so or not.
 *
 * @param channel {@code tenant/notification}
 * @param alarm {@code tenant/entity/alarm}
 * @param eventMs the time of the transition, in milliseconds since the epoch
 * @param heardMs when it was taken, in milliseconds since the epoch
 */
record Heard(
        String channel,
        String alarm,
        String deliveryId,
        MessageKind kind,
        long incident,
        State state,
        long eventMs,
        long heardMs,
        boolean answered) {}
