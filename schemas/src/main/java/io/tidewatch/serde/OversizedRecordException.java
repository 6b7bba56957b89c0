package io.tidewatch.serde;

import org.apache.kafka.common.errors.SerializationException;

/** A record that would be larger than what we write, see {@link BoundedSerializer}. To try again is of no use. */
public final class OversizedRecordException extends SerializationException {
    private static final long serialVersionUID = 1;

    OversizedRecordException(String topic, long sizeBytes) {
        super("A record for " + topic + " would have " + sizeBytes + " bytes with its headers, but "
                + BoundedSerializer.MAX_BYTES + " is the most that is written");
    }
}
