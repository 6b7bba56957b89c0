package io.tidewatch.streams.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.utils.ByteUtils;

/**
 * A growing array of bytes, in the compact form of the rollup stores; {@link StoreInput} reads them. A window is written
 * for each result, so that its bytes count. Mutable; one thread at a time.
 */
final class StoreOutput {
    /** In place of a number that is written in full. */
    static final long IN_FULL = 0;

    /** Whole doubles are exact as longs up to here. */
    private static final long MAX_SHORT_NUMBER = 1L << 52;

    /** What a whole number in its short form takes at most. */
    private static final int ROOM_FOR_ONE = 10;

    private ByteBuffer bytes = ByteBuffer.allocate(512);

    /** @param version the first byte */
    StoreOutput(byte version) {
        bytes.put(version);
    }

    /** Short for what is near zero. */
    void writeWhole(long value) {
        ByteUtils.writeVarlong(value, room(ROOM_FOR_ONE));
    }

    /** Exact, and short for a whole number. */
    void writeNumber(double value) {
        long whole = (long) value;
        if (Double.doubleToRawLongBits((double) whole) == Double.doubleToRawLongBits(value)
                && Math.abs(whole) <= MAX_SHORT_NUMBER) {
            writeWhole(whole < 0 ? whole : whole + 1);
        } else {
            writeWhole(IN_FULL);
            room(Double.BYTES).putDouble(value);
        }
    }

    void writeText(String text) {
        writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }

    void writeBytes(byte[] array) {
        writeWhole(array.length);
        room(array.length).put(array);
    }

    int size() {
        return bytes.position();
    }

    byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }

    private ByteBuffer room(int more) {
        if (bytes.remaining() < more) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + more);
            bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
        }
        return bytes;
    }
}
