package io.tidewatch.checks.agent;

import static io.tidewatch.checks.agent.SimilarMetrics.flags;
import static io.tidewatch.checks.agent.SimilarMetrics.integers;
import static io.tidewatch.checks.agent.SimilarMetrics.texts;

import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.Unit;
import java.util.List;
import java.util.stream.Stream;

/** The metrics of {@code agent.mysql}. Source: the agent check type reference of Rackspace Cloud Monitoring's manual. */
final class MysqlMetrics {
    static final List<DeclaredMetric> ALL = Stream.of(
                    integers(Unit.BYTES, "bytes_received", "bytes_sent"),
                    integers("core.aborted_clients", "core.connections", "core.queries"),
                    integers(Unit.SECONDS, "core.uptime"),
                    integers(
                            "handler.commit",
                            "handler.delete",
                            "handler.read_first",
                            "handler.read_key",
                            "handler.read_next",
                            "handler.read_prev",
                            "handler.read_rnd",
                            "handler.rollback",
                            "handler.savepoint",
                            "handler.savepoint_rollback",
                            "handler.update",
                            "handler.write"),
                    integers(
                            "innodb.buffer_pool_pages_data",
                            "innodb.buffer_pool_pages_dirty",
                            "innodb.buffer_pool_pages_flushed",
                            "innodb.buffer_pool_pages_free",
                            "innodb.buffer_pool_pages_total",
                            "innodb.buffer_pool_read_requests",
                            "innodb.buffer_pool_reads",
                            "innodb.data_pending_fsyncs",
                            "innodb.data_pending_reads",
                            "innodb.data_pending_writes",
                            "innodb.pages_created",
                            "innodb.pages_read",
                            "innodb.pages_written",
                            "innodb.row_lock_waits",
                            "innodb.rows_deleted",
                            "innodb.rows_inserted",
                            "innodb.rows_read",
                            "innodb.rows_updated"),
                    integers(Unit.BYTES, "innodb.buffer_pool_size", "key.buffer_size"),
                    integers(
                            Unit.MILLISECONDS,
                            "innodb.row_lock_time",
                            "innodb.row_lock_time_avg",
                            "innodb.row_lock_time_max"),
                    integers("max.connections"),
                    integers(
                            "qcache.free_blocks",
                            "qcache.hits",
                            "qcache.inserts",
                            "qcache.lowmem_prunes",
                            "qcache.not_cached",
                            "qcache.queries_in_cache",
                            "qcache.total_blocks"),
                    integers(Unit.BYTES, "qcache.free_memory", "qcache.size"),
                    integers(
                            "replication.exec_master_log_pos",
                            "replication.last_errno",
                            "replication.max_relay_log_size",
                            "replication.read_master_log_pos",
                            "replication.relay_log_pos",
                            "replication.slave_open_temp_tables",
                            "replication.slave_retried_transactions"),
                    integers(Unit.SECONDS, "replication.seconds_behind_master"),
                    texts("replication.last_io_error", "replication.slave_io_state", "replication.slave_running"),
                    flags("replication.slave_io_running", "replication.slave_sql_running"),
                    integers("thread.cache_size", "threads.connected", "threads.created", "threads.running"))
            .flatMap(List::stream)
            .toList();

    private MysqlMetrics() {}
}
