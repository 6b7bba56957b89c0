package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.MetricKind;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/** Reads {@code metrics}: which a check has, or one of them. */
final class SelectMetrics {
    private final CqlSession session;
    private final PreparedStatement all;
    private final PreparedStatement one;

    SelectMetrics(CqlSession session, String keyspace) {
        this.session = session;
        String statement = "SELECT zone_id, metric, kind, unit FROM " + keyspace + "." + CassandraSchema.METRICS
                + " WHERE tenant_id = :tenant_id AND entity_id = :entity_id AND check_id = :check_id";
        all = session.prepare(statement);
        one = session.prepare(statement + " AND zone_id = :zone_id AND metric = :metric");
    }

    Supplier<CompletionStage<List<StoredMetric>>> of(CheckPath check) {
        return new PartitionRead<>(
                session,
                all.boundStatementBuilder()
                        .setString("tenant_id", check.tenantId())
                        .setString("entity_id", check.entityId())
                        .setString("check_id", check.checkId())
                        .build(),
                SelectMetrics::metric,
                Integer.MAX_VALUE);
    }

    Supplier<CompletionStage<List<StoredMetric>>> of(Series series, String metric) {
        return new PartitionRead<>(
                session, SeriesKey.bind(one, series).setString("metric", metric).build(), SelectMetrics::metric, 1);
    }

    private static Optional<StoredMetric> metric(Row row) {
        return Optional.of(new StoredMetric(
                row.getString("zone_id"),
                row.getString("metric"),
                MetricKind.ofWord(row.getString("kind")),
                Optional.ofNullable(row.getString("unit")).filter(unit -> !unit.isEmpty())));
    }
}
