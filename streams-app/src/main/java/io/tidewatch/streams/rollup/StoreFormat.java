package io.tidewatch.streams.rollup;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** How the rollup stores and their changelogs hold windows. Nobody else reads them, so that a first byte for the version suffices. */
final class StoreFormat {
    private static final int VERSION = 1;

    private StoreFormat() {}

    static Serde<SeriesWindow> windows() {
        return Serdes.serdeFrom((topic, window) -> write(window), (topic, bytes) -> read(bytes));
    }

    static Serde<DueWindow> dueWindows() {
        return Serdes.serdeFrom((topic, due) -> due.bytes(), (topic, bytes) -> DueWindow.of(bytes));
    }

    static void writeText(DataOutput out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    static String readText(DataInput in) throws IOException {
        byte[] bytes = new byte[in.readInt()];
        in.readFully(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] write(SeriesWindow window) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
        try {
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(VERSION);
            window.write(out);
        } catch (IOException e) {
            throw new SerializationException("A rollup window can't be written", e);
        }
        return bytes.toByteArray();
    }

    private static SeriesWindow read(byte[] bytes) {
        try {
            DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
            int version = in.readByte();
            if (version != VERSION) {
                throw new SerializationException("A rollup window of version " + version + " is in the store; this is "
                        + VERSION + ": reset the application with kafka-streams-application-reset");
            }
            return SeriesWindow.read(in);
        } catch (IOException e) {
            throw new SerializationException("A rollup window in the store can't be read", e);
        }
    }
}
