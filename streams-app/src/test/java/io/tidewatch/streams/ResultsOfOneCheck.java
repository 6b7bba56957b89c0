package io.tidewatch.streams;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes results of the check t/en1/ch1. */
public final class ResultsOfOneCheck {
    public static final String KEY = "t/en1/ch1";

    private ResultsOfOneCheck() {}

    public static CheckResult result(@Nullable String zone, Instant timestamp, Map<String, Metric> metrics) {
        String id = zone + "@" + timestamp;
        return CheckResult.newBuilder()
                .setResultId(UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8))
                        .toString())
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setCheckType("remote.http")
                .setZoneId(zone)
                .setCollectorId("collector")
                .setTimestamp(timestamp)
                .setAvailable(true)
                .setStatus("fine")
                .setMetrics(metrics)
                .build();
    }

    public static CheckResult result(@Nullable String zone, Instant timestamp, String metric, Object value) {
        return result(zone, timestamp, Map.of(metric, new Metric(value, null)));
    }
}
