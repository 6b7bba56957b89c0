package io.tidewatch.runtime.application;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.WriteBufferManager;

/**
 * Gives all RocksDB stores of the process one bounded piece of memory outside the heap. Without it each store takes up to
 * 50 MB of cache and 48 MB of write buffers, and a process has a store for each task and kind.
 *
 * <p>Source: Kafka Streams' developer guide, "Memory Management", section RocksDB.
 */
public final class BoundedRocksDb implements RocksDBConfigSetter {
    private static final long TOTAL_BYTES = 128L << 20;
    private static final long WRITE_BUFFER_BYTES = 48L << 20;
    private static final Cache CACHE = new LRUCache(TOTAL_BYTES);
    private static final WriteBufferManager WRITE_BUFFERS = new WriteBufferManager(WRITE_BUFFER_BYTES, CACHE);

    @Override
    public void setConfig(String storeName, Options options, Map<String, Object> configs) {
        BlockBasedTableConfig table = (BlockBasedTableConfig) options.tableFormatConfig();
        table.setBlockCache(CACHE);
        table.setCacheIndexAndFilterBlocks(true);
        options.setTableFormatConfig(table);
        options.setWriteBufferManager(WRITE_BUFFERS);
    }

    /** Cache and buffers outlive a store: they belong to the process. */
    @Override
    public void close(String storeName, Options options) {}
}
