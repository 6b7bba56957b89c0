package io.tidewatch.poller.results;

import io.tidewatch.checks.field.SearchPattern;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Who observes: one process in one monitoring zone. Puts its name to results.
 *
 * @param zoneId the monitoring zone
 * @param collectorId the process
 */
public record Collector(String zoneId, String collectorId) {
    /**
     * The result of one run, with an id of its own, and within the bounds of a result: a target decides how long what it
     * says is, such as the names in its certificate, and a longer text is cut.
     */
    public CheckResult result(CheckPath check, String type, Instant began, Outcome outcome) {
        CheckResult.Builder result = CheckResult.newBuilder()
                .setResultId(UUID.randomUUID().toString())
                .setTenantId(check.tenantId())
                .setEntityId(check.entityId())
                .setCheckId(check.checkId())
                .setCheckType(type)
                .setZoneId(zoneId)
                .setCollectorId(collectorId)
                .setTimestamp(began)
                .setAvailable(outcome instanceof Outcome.Available)
                .setStatus(oneLine(outcome.status()))
                .setMetrics(cut(outcome.metrics()));
        if (outcome instanceof Outcome.Unavailable unavailable) {
            result.setFailure(unavailable.kind());
        }
        return result.build();
    }

    private static String oneLine(String status) {
        return SearchPattern.cut(status.replaceAll("\\p{Cntrl}+", " "), ResultBounds.MAX_STATUS_CHARS);
    }

    private static Map<String, Metric> cut(Map<String, Metric> metrics) {
        Map<String, Metric> cut = new HashMap<>(metrics);
        cut.replaceAll((name, metric) ->
                metric.getValue() instanceof String text && text.length() > ResultBounds.MAX_TEXT_CHARS
                        ? new Metric(SearchPattern.cut(text, ResultBounds.MAX_TEXT_CHARS), metric.getUnit())
                        : metric);
        return cut;
    }
}
