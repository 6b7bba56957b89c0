package io.tidewatch.gateway.records;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * One record for one of the topics.
 *
 * @param partitionedBy the check whose partition it goes to; empty when the key decides
 * @param value empty for a tombstone, which deletes the key from a compacted topic
 */
public record LogEntry(Topic topic, String key, Optional<CheckPath> partitionedBy, Optional<SpecificRecord> value) {
    public static LogEntry put(Entity entity) {
        return new LogEntry(Topic.ENTITIES, ResourcePath.of(entity).toString(), Optional.empty(), Optional.of(entity));
    }

    public static LogEntry put(Check check) {
        CheckPath path = CheckPath.of(check);
        return new LogEntry(Topic.CHECKS, path.toString(), Optional.of(path), Optional.of(check));
    }

    /** An alarm lives beside its check: its key names the alarm, its partition is the check's. */
    public static LogEntry put(Alarm alarm) {
        CheckPath check = new CheckPath(alarm.getTenantId(), alarm.getEntityId(), alarm.getCheckId());
        return new LogEntry(Topic.ALARMS, check.sibling(alarm.getAlarmId()), Optional.of(check), Optional.of(alarm));
    }

    public static LogEntry put(CheckResult result) {
        CheckPath path = CheckPath.of(result);
        return new LogEntry(Topic.CHECK_RESULTS, path.toString(), Optional.of(path), Optional.of(result));
    }

    /** The same place, with nothing there. */
    public LogEntry tombstone() {
        return new LogEntry(topic, key, partitionedBy, Optional.empty());
    }
}
