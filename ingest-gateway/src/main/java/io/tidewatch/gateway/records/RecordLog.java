package io.tidewatch.gateway.records;

import java.util.List;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** The durable log that the gateway writes its records to. Thread-safe. */
public interface RecordLog {
    /**
     * Appends records and returns when the log has acknowledged every one.
     *
     * @return for each partition that was written to, the offset that follows the last of these records
     * @throws LogUnavailableException when not all were acknowledged in time: some may be there, or still get there.
     *     Calling again is safe where doubles are: configuration, and results with the same result id
     * @throws org.apache.kafka.common.errors.RecordTooLargeException when the log refuses a record for its size
     */
    Map<TopicPartition, Long> append(List<LogEntry> entries);
}
