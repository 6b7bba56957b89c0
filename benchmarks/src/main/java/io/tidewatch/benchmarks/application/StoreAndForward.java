package io.tidewatch.benchmarks.application;

import io.tidewatch.benchmarks.load.Backlog;
import io.tidewatch.benchmarks.load.EventMark;
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
 * The store accesses for a result that changes nothing, with as many bytes and no thought: a get and a put. To be kept in
 * step with {@code AlarmTask.observe}, which has a zone's memory with the alarm's vote in it, and with {@code
 * RollUpMetrics.rollUp}, which has a window. What a transition, or the end of a window, costs on top is left out.
 */
final class StoreAndForward extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
    static final String ZONES = "bare-zones";

    private final int valueBytes;
    private @Nullable KeyValueStore<byte[], byte[]> zones;

    StoreAndForward(int valueBytes) {
        this.valueBytes = valueBytes;
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
        byte[] after = Arrays.copyOf(record.value(), valueBytes);
        // The value depends on the one before, so that nobody can leave out the read.
        after[0] = before == null ? 0 : (byte) (before[0] + 1);
        zoneStore.put(key, after);
        if (record.headers().lastHeader(EventMark.NAME) != null) {
            context().forward(record);
        }
    }

    private static byte[] keyWithZone(byte[] key, byte[] zone) {
        return ByteBuffer.allocate(key.length + zone.length).put(key).put(zone).array();
    }
}
