package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.gateway.records.RecordLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/**
 * Makes changes of the configuration: of each tenant one at a time in this process, acknowledged by the log, and seen by whoever
 * reads the view afterwards. Thread-safe.
 */
public final class ConfigurationWriter {
    private final ConfigurationView view;
    private final RecordLog log;
    private final TenantLocks locks;
    private final Duration timeout;

    /**
     * @param timeout how long to wait for other changes of the same tenant, and then for the view
     */
    public ConfigurationWriter(ConfigurationView view, RecordLog log, Duration timeout) {
        this.view = view;
        this.log = log;
        this.locks = new TenantLocks(timeout);
        this.timeout = timeout;
    }

    /**
     * Decides on a change, and writes it, while no other change of that tenant is under way in this process.
     *
     * @param change checks the change against the view and gives its records: one list after the other is written, each when
     *     the one before it is seen. What takes time has been done before: all other changes of the tenant wait
     * @throws LogUnavailableException when its turn does not come in time, or writing takes too long; in the latter case
     *     the change may be stored all the same
     */
    public void change(String tenantId, Supplier<List<List<LogEntry>>> change) {
        locks.whileHolding(tenantId, () -> change.get().forEach(this::write));
    }

    private void write(List<LogEntry> entries) {
        if (!view.await(append(entries), timeout)) {
            throw new LogUnavailableException("The change is stored, but this gateway does not see it yet", null);
        }
    }

    private Map<TopicPartition, Long> append(List<LogEntry> entries) {
        try {
            return log.append(entries);
        } catch (LogUnavailableException e) {
            throw new LogUnavailableException(
                    "Whether the change was made is not known: read it back before you repeat it. " + e.getMessage(),
                    e);
        }
    }
}
