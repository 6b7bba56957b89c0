package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.schema.Delivery;
import java.time.Instant;

/** A way to tell receivers of one kind. Stateless; any number of threads may use it. */
public interface Channel {
    /**
     * Tries once to deliver, and blocks until it is known what came of it. Calling it again with the same delivery tells the
     * receiver the same, under the same id.
     *
     * @param details the settings of the notification, its secrets opened
     * @param now the time of this attempt
     * @return what came of it; details that are unfit are a refusal
     * @throws IllegalArgumentException when the delivery is a withdrawal, which tells nothing
     */
    Attempt send(Delivery delivery, ChannelDetails details, Instant now);

    /** Whether its receivers can be told that somebody takes care of a problem. */
    boolean acknowledges();

    /** How messages to one of its receivers may become one. */
    Merging merging();
}
