package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BoundStatement;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Lists a metric in {@code metrics}, from what its rollups or changes say of it: once for each month of event time, and
 * again when its unit changes. What has been acknowledged is remembered, as far as there is room, so that a listed metric
 * costs a look into a map; after a restart each is listed once again.
 *
 * @param <V> the record
 */
final class InsertMetric<V> extends CassandraInsert<V> {
    /**
     * Some 200 bytes each, 40 MB in all, and 70 at most. With more metrics than that for one process, rows are written more often than they
     * need to be, which is slower and not wrong.
     */
    private static final int MAX_REMEMBERED = 200_000;

    /**
     * A longer key is not remembered, and its row written each time: with ids as long as they may be, what is remembered
     * would be 600 MB. Source: derived; usual ids are 10 or 36 characters each.
     */
    private static final int MAX_REMEMBERED_KEY_CHARS = 256;

    private final PreparedStatement statement;
    private final Function<V, Optional<Listed>> listed;

    /** By series and metric, what was listed last, as {@link Listed#version}. */
    private final Map<String, Integer> remembered = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > MAX_REMEMBERED;
        }
    });

    /**
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or has no such table
     */
    private InsertMetric(CqlSession session, String keyspace, Function<V, Optional<Listed>> listed) {
        super(session);
        this.listed = listed;
        this.statement = session.prepare("INSERT INTO " + keyspace + "." + CassandraSchema.METRICS
                + " (tenant_id, entity_id, check_id, zone_id, metric, kind, unit)"
                + " VALUES (:tenant_id, :entity_id, :check_id, :zone_id, :metric, :kind, :unit)"
                + " USING TIMESTAMP :write_time_micros");
    }

    /** From the rollups of the finest resolution: the coarser ones are of the same metrics. Availability every check has. */
    static InsertMetric<MetricRollup> ofRollups(CqlSession session, String keyspace) {
        return new InsertMetric<>(
                session,
                keyspace,
                rollup -> rollup.getResolutionMinutes() == Resolution.MIN5.minutes()
                                && !rollup.getMetric().equals(Series.AVAILABILITY)
                        ? Optional.of(Listed.of(rollup))
                        : Optional.empty());
    }

    /** From the changes of text metrics. */
    static InsertMetric<TextChange> ofTexts(CqlSession session, String keyspace) {
        return new InsertMetric<>(session, keyspace, change -> Optional.of(Listed.of(change)));
    }

    @Override
    public String table() {
        return CassandraSchema.METRICS;
    }

    /** A record without a value lists nothing; the insert of its row complains. */
    @Override
    public boolean isKnown(Consumed<V> record) {
        V value = record.value();
        return value == null
                || listed.apply(value)
                        .map(metric -> Objects.equals(remembered.get(record.key()), metric.version()))
                        .orElse(true);
    }

    @Override
    public void acknowledged(Consumed<V> record) {
        String key = record.key();
        if (key != null && key.length() <= MAX_REMEMBERED_KEY_CHARS) {
            listed.apply(record.present()).ifPresent(metric -> remembered.put(key, metric.version()));
        }
    }

    @Override
    public BoundStatement of(Consumed<V> record) {
        Listed metric = listed.apply(record.present()).orElseThrow();
        return statement
                .boundStatementBuilder()
                .setString("tenant_id", metric.tenantId)
                .setString("entity_id", metric.entityId)
                .setString("check_id", metric.checkId)
                .setString("zone_id", metric.zoneId)
                .setString("metric", metric.metric)
                .setString("kind", metric.kind.word())
                .setString("unit", metric.unit)
                .setLong("write_time_micros", TimeUnit.MILLISECONDS.toMicros(metric.at.toEpochMilli()))
                .build();
    }

    /** A row. The unit is empty for none, because a null would be a tombstone. */
    private record Listed(
            String tenantId,
            String entityId,
            String checkId,
            String zoneId,
            String metric,
            MetricKind kind,
            String unit,
            Instant at) {
        static Listed of(MetricRollup rollup) {
            return new Listed(
                    rollup.getTenantId(),
                    rollup.getEntityId(),
                    rollup.getCheckId(),
                    Objects.requireNonNullElse(rollup.getZoneId(), ""),
                    rollup.getMetric(),
                    MetricKind.NUMBER,
                    Objects.requireNonNullElse(rollup.getUnit(), ""),
                    rollup.getWindowStart());
        }

        static Listed of(TextChange change) {
            return new Listed(
                    change.getTenantId(),
                    change.getEntityId(),
                    change.getCheckId(),
                    Objects.requireNonNullElse(change.getZoneId(), ""),
                    change.getMetric(),
                    MetricKind.TEXT,
                    "",
                    change.getTimestamp());
        }

        /** Changes with what makes the row worth another write. */
        int version() {
            return Objects.hash(Bucket.MONTH.of(at), unit);
        }
    }
}
