package io.tidewatch.benchmarks;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Objects;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The store accesses of {@code AlarmTask.observe} for one alarm, with as many bytes and no thought: to be kept in step with
 * it. A get of the zone's memory with the alarm's vote in it, and a put. What a transition costs on top is left out: there
 * are few.
 */
final class KeepAndPassOn extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    static final String ZONES = "bare-zones";

    private final StoredSizes sizes;
    private @Nullable KeyValueStore<byte[], byte[]> zones;

    KeepAndPassOn(StoredSizes sizes) {
        this.sizes = sizes;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        super.init(context);
        zones = context.getStateStore(ZONES);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Header zone = record.headers().lastHeader(Backlog.ZONE);
        if (zone == null) {
            // Configuration, which is none of our business.
            return;
        }
        KeyValueStore<byte[], byte[]> zoneStore = Objects.requireNonNull(zones);
        byte[] key = keyWithZone(record.key(), zone.value());
        byte[] before = zoneStore.get(key);
        byte[] memory = Arrays.copyOf(record.value(), sizes.zoneMemoryBytes());
        // The memory depends on the one before, so that nobody can leave out the read.
        memory[0] = before == null ? 0 : (byte) (before[0] + 1);
        zoneStore.put(key, memory);
        if (record.headers().lastHeader(SteadySender.MARK) != null) {
            context().forward(record);
        }
    }

    private static byte[] keyWithZone(byte[] key, byte[] zone) {
        return ByteBuffer.allocate(key.length + zone.length).put(key).put(zone).array();
    }
}
