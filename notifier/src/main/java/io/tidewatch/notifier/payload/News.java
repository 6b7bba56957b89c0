package io.tidewatch.notifier.payload;

import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;

/** What a delivery has to say to people: of one alarm, or of many. */
public sealed interface News permits Notice, DigestNotice {
    /**
     * Reads a delivery.
     *
     * @throws IllegalArgumentException for one that tells nothing, such as a withdrawal
     */
    static News of(Delivery delivery) {
        return delivery.getDigest() == null ? Notice.of(delivery) : DigestNotice.of(delivery);
    }

    Delivery delivery();

    MessageKind kind();

    /** The state that is told; of many, the worst. */
    State state();

    /** What happened in one line, of any length. */
    String headline();

    /** The headline and what explains it, in one line of any length. */
    String summary();

    /** The time of what is told. */
    Instant at();

    /**
     * What a receiver knows the problem by: the same for all that it is told of it, whatever the state.
     *
     * @param most how many characters it takes; a longer key is replaced by its hash
     */
    String incidentKey(int most);
}
