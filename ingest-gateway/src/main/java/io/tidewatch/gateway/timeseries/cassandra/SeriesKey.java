package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.cql.BoundStatementBuilder;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.timeseries.Series;

/** The part of a partition key that tables of metrics share. */
final class SeriesKey {
    static final String CONDITION =
            "tenant_id = :tenant_id AND entity_id = :entity_id AND check_id = :check_id AND zone_id = :zone_id";

    private SeriesKey() {}

    static BoundStatementBuilder bind(PreparedStatement statement, Series series) {
        return statement
                .boundStatementBuilder()
                .setString("tenant_id", series.check().tenantId())
                .setString("entity_id", series.check().entityId())
                .setString("check_id", series.check().checkId())
                .setString("zone_id", series.zoneId());
    }
}
