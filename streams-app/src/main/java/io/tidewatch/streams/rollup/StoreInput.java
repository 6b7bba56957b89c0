package io.tidewatch.streams.rollup;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.utils.ByteUtils;

/** Reads what {@link StoreOutput} wrote, in the same order. Mutable; one thread at a time. */
final class StoreInput {
    private final ByteBuffer bytes;

    StoreInput(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    byte readByte() {
        return bytes.get();
    }

    long readWhole() {
        return ByteUtils.readVarlong(bytes);
    }

    /** A number of things to read, or an offset within a window. */
    int readSmall() {
        return Math.toIntExact(readWhole());
    }

    double readNumber() {
        long whole = readWhole();
        if (whole == StoreOutput.IN_FULL) {
            return bytes.getDouble();
        }
        return whole < 0 ? whole : whole - 1;
    }

    String readText() {
        return new String(readBytes(), StandardCharsets.UTF_8);
    }

    byte[] readBytes() {
        byte[] read = new byte[readSmall()];
        bytes.get(read);
        return read;
    }
}
