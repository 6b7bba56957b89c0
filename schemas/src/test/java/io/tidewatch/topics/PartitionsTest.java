package io.tidewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

final class PartitionsTest {
    @Property
    void areThoseThatAProducerWithThisKeyWouldChoose(
            @ForAll @NotEmpty String key, @ForAll @IntRange(min = 1, max = 500) int partitions) {
        assertThat(Partitions.of(key, partitions))
                .isEqualTo(BuiltInPartitioner.partitionForKey(key.getBytes(StandardCharsets.UTF_8), partitions));
    }

    /** Records that are kept for ever are where this says. */
    @Test
    void stayTheSameForEver() {
        assertThat(Partitions.of("acme/enDB1/chPing", 1000)).isEqualTo(560);
    }
}
