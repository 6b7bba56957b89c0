package io.tidewatch.serde;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.avro.specific.SpecificRecord;

/** How large a record is in Avro's binary form, without what precedes it on the wire. */
public final class AvroSize {
    private AvroSize() {}

    /** Writes the record to nowhere, and returns the number of bytes. */
    public static int bytes(SpecificRecord record) {
        CountedBytes counted = new CountedBytes();
        BinaryEncoder encoder = EncoderFactory.get().binaryEncoder(counted, null);
        try {
            new SpecificDatumWriter<>(record.getSchema(), SpecificData.getForClass(record.getClass()))
                    .write(record, encoder);
            encoder.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("A record can't be written to nowhere", e);
        }
        return counted.count;
    }

    private static final class CountedBytes extends OutputStream {
        private int count;

        @Override
        public void write(int oneByte) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
