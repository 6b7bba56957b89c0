package io.tidewatch.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.TopicRecord;
import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationMemoryTest {
    private final ConfigurationView view = new ConfigurationView(Samples.KINDS.all());

    @Test
    void countsWhatIsThere() {
        LogEntry small = Samples.put(entity("en1", 0, 0));
        LogEntry large = Samples.put(entity("en1", 10, 100));

        apply(small);
        long first = view.memory().of("acme");
        apply(large);
        long second = view.memory().of("acme");
        apply(small);

        assertThat(first).isPositive().isLessThan(second - 2_000);
        assertThat(view.memory().of("acme"))
                .isEqualTo(first)
                .isEqualTo(view.memory().total());
        assertThat(view.memory().of("other")).isZero();
        apply(small.tombstone());
        apply(small.tombstone());
        assertThat(view.memory().total()).isZero();
    }

    /** The estimate is what the bounds go by: it is compared with the heap in use. */
    @ParameterizedTest
    @CsvSource({"20000, 0, 0", "4000, 20, 5", "1000, 100, 200"})
    void estimatesTheHeap(int entities, int pairs, int chars) {
        long before = heapInUse();
        for (int index = 0; index < entities; index++) {
            apply(Samples.put(entity("en" + index, pairs, chars)));
        }
        long taken = heapInUse() - before;

        assertThat((double) taken / view.memory().total()).isBetween(0.6, 1.4);
    }

    private void apply(LogEntry entry) {
        view.apply(new TopicRecord(entry.topic(), entry.key(), entry.value()));
    }

    /** With texts of its own, as one that was read from Kafka has. */
    private static Entity entity(String id, int pairs, int chars) {
        Map<String, String> metadata = new HashMap<>();
        for (int index = 0; index < pairs; index++) {
            metadata.put("k" + index + "x".repeat(chars), index + "x".repeat(chars));
        }
        return Entity.newBuilder(Samples.entity(id))
                .setTenantId(String.valueOf("acme".toCharArray()))
                .setLabel(String.valueOf("a server".toCharArray()))
                .setMetadata(metadata)
                .build();
    }

    private static long heapInUse() {
        for (int index = 0; index < 3; index++) {
            System.gc();
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
