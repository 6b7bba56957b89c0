package io.tidewatch.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

final class BoundedSerializerTest {
    private final BoundedSerializer<byte[]> serializer = new BoundedSerializer<>(new ByteArraySerializer());

    @Test
    void writesWhatHasTheMostBytes() {
        byte[] largest = new byte[921_600];

        assertThat(serializer.serialize("out", largest)).isEqualTo(largest);
        assertThat(serializer.serialize("out", new RecordHeaders(), largest)).isEqualTo(largest);
    }

    @Test
    void refusesWhatHasOneByteMore() {
        assertThatThrownBy(() -> serializer.serialize("out", new byte[921_601]))
                .isInstanceOf(OversizedRecordException.class)
                .hasMessage("A record for out would have 921601 bytes with its headers, but 921600 is the most that is"
                        + " written");
    }

    @Test
    void countsHeadersToo() {
        Headers headers = new RecordHeaders().add("k", new byte[9]).add("n", null);

        assertThat(serializer.serialize("out", headers, new byte[921_589])).hasSize(921_589);
        assertThatThrownBy(() -> serializer.serialize("out", headers, new byte[921_590]))
                .isInstanceOf(OversizedRecordException.class);
    }

    @Test
    void passesNullThrough() {
        assertThat(serializer.serialize("out", null)).isNull();
        assertThat(serializer.serialize("out", new RecordHeaders(), null)).isNull();
    }
}
