package io.tidewatch.streams.intake;

import io.tidewatch.checks.field.SearchPattern;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Partitions;
import java.time.Duration;
import java.time.Instant;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * The first node after {@code check-results} in every application: lets through what the contract of that topic allows,
 * under the key {@code tenant/entity/check} whatever key the producer chose, and refuses the rest with a
 * {@link BadRecordException}. The verdict depends on the record alone, so that all applications agree on it, today and in
 * a replay.
 */
public final class ValidateResult extends ContextualProcessor<String, CheckResult, String, CheckResult> {
    /** The node's name, and thereby the stage of its dead letters. */
    public static final String NODE = "validate-result";

    /**
     * How far a result may lie after its own record. One from a collector with a clock far ahead would make every later
     * result of its series look old, and close windows that have yet to begin. Brokers bound the record's time in the same
     * way. Source: Kafka's {@code message.timestamp.after.max.ms}, one hour by default.
     */
    public static final Duration MAX_AHEAD = Duration.ofHours(1);

    private final int partitions;

    /**
     * @param partitions how many partitions {@code check-results} has
     */
    public ValidateResult(int partitions) {
        this.partitions = partitions;
    }

    /**
     * @throws BadRecordException when the record is no result that could be processed
     */
    @Override
    public void process(Record<String, CheckResult> record) {
        CheckResult result = record.value();
        if (result == null) {
            throw new BadRecordException("The record has no value; a check result can't be deleted");
        }
        ResultBounds.objection(result).ifPresent(objection -> {
            throw new BadRecordException("The result's " + objection);
        });
        CheckPath path = path(result);
        requireZone(result.getZoneId());
        requirePlausibleTime(result.getTimestamp(), Instant.ofEpochMilli(record.timestamp()));
        String key = path.toString();
        requirePartition(key, record.key());
        context().forward(key.equals(record.key()) ? record : record.withKey(key));
    }

    private static CheckPath path(CheckResult result) {
        try {
            return new CheckPath(result.getTenantId(), result.getEntityId(), result.getCheckId());
        } catch (IllegalArgumentException e) {
            throw new BadRecordException("The result's " + e.getMessage());
        }
    }

    private static void requireZone(@Nullable String zoneId) {
        if (zoneId != null && (zoneId.isEmpty() || zoneId.indexOf('/') >= 0)) {
            throw new BadRecordException("The result's zone_id is '" + zoneId
                    + "', but has to be null for an agent's check, or at least one character, none of them '/'");
        }
    }

    private static void requirePlausibleTime(Instant timestamp, Instant recorded) {
        if (timestamp.isBefore(Instant.EPOCH)) {
            throw new BadRecordException("The result's timestamp " + timestamp + " lies before " + Instant.EPOCH
                    + ", the first that a result may have: check the collector's clock");
        }
        if (timestamp.isAfter(recorded.plus(MAX_AHEAD))) {
            throw new BadRecordException("The result's timestamp " + timestamp + " lies more than " + MAX_AHEAD
                    + " after its record's own, " + recorded + ": check the collector's clock");
        }
    }

    private void requirePartition(String path, @Nullable String key) {
        int expected = Partitions.of(path, partitions);
        int actual = context().taskId().partition();
        if (expected != actual) {
            throw new BadRecordException("The record is on partition " + actual + " with the key '" + shown(key)
                    + "', but results of this check belong on partition " + expected + ": use the key '" + path
                    + "' and the default partitioner");
        }
    }

    /** A wrong key may be of any length; its beginning says enough. */
    private static String shown(@Nullable String key) {
        return key == null ? "null" : SearchPattern.cut(key, ResultBounds.MAX_ID_CHARS);
    }
}
