package io.tidewatch.streams.rollup;

import io.tidewatch.serde.BoundedSerializer;
import java.nio.BufferUnderflowException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/**
 * How the rollup stores and their changelogs hold windows. Nobody else reads them, so that a first byte for the version
 * suffices.
 */
final class StoreFormat {
    /** The first one had no texts, fixed widths, and a sketch for every metric. */
    private static final int VERSION = 2;

    private StoreFormat() {}

    /** The serializer throws {@link FullWindowException}. */
    static Serde<SeriesWindow> windows() {
        return Serdes.serdeFrom(
                new BoundedSerializer<>((topic, window) -> write(window)), (topic, bytes) -> read(bytes));
    }

    static Serde<DueWindow> dueWindows() {
        return Serdes.serdeFrom((topic, due) -> due.bytes(), (topic, bytes) -> DueWindow.of(bytes));
    }

    private static byte[] write(SeriesWindow window) {
        StoreOutput out = new StoreOutput((byte) VERSION);
        window.write(out);
        if (out.size() > window.mostBytes()) {
            throw new FullWindowException(out.size(), window.mostBytes());
        }
        return out.toBytes();
    }

    private static SeriesWindow read(byte[] bytes) {
        try {
            StoreInput in = new StoreInput(bytes);
            int version = in.readByte();
            if (version != VERSION) {
                throw new SerializationException("A rollup window of version " + version + " is in the store; this is "
                        + VERSION + ": reset the application with kafka-streams-application-reset");
            }
            return SeriesWindow.read(in);
        } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException e) {
            throw new SerializationException("A rollup window in the store can't be read", e);
        }
    }
}
