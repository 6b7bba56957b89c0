package io.tidewatch.gateway.configuration;

import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.gateway.records.RecordLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;

/** Writes changes of the configuration so that whoever reads the view afterwards sees them. Thread-safe. */
public final class ConfigurationWriter {
    private final ConfigurationView view;
    private final RecordLog log;
    private final TenantLocks locks;
    private final Duration patience;

    /**
     * @param patience how long to wait for other changes of the same tenant, and then for the view
     */
    public ConfigurationWriter(ConfigurationView view, RecordLog log, Duration patience) {
        this.view = view;
        this.log = log;
        this.locks = new TenantLocks(patience);
        this.patience = patience;
    }

    /**
     * Runs a change while no other change of that tenant is under way in this process.
     *
     * @throws LogUnavailableException when its turn does not come in time
     */
    public <T> T inTurn(String tenantId, Supplier<T> change) {
        return locks.whileHolding(tenantId, change);
    }

    /**
     * Appends records, and returns when the view shows them.
     *
     * @throws LogUnavailableException when that takes too long; they may be stored all the same
     */
    public void write(List<LogEntry> entries) {
        if (!view.await(append(entries), patience)) {
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
