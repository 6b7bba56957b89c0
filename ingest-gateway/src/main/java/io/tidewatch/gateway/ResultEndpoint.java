package io.tidewatch.gateway;

import io.javalin.http.Context;
import io.tidewatch.schema.CheckResult;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Takes check results from elsewhere. A batch is refused as a whole or acknowledged as a whole, and acknowledged only when
 * Kafka has every result of it on all in-sync replicas. Called by the HTTP server's threads.
 *
 * <p>After a 503 nothing is promised: some results may be in the log. A sender repeats the batch with the result ids it
 * chose itself, by which readers of the log recognise the repetition.
 */
final class ResultEndpoint {
    private final ResultJson json;
    private final RecordLog log;
    private final GatewayMetrics metrics;
    private final Clock clock;

    ResultEndpoint(ResultJson json, RecordLog log, GatewayMetrics metrics, Clock clock) {
        this.json = json;
        this.log = log;
        this.metrics = metrics;
        this.clock = clock;
    }

    void accept(Context ctx) {
        List<CheckResult> results;
        try {
            results = json.read(
                    Requests.tenantId(ctx),
                    Json.parse(Requests.jsonBody(ctx)),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
        } catch (Fault fault) {
            metrics.batchRefused();
            throw fault;
        }
        append(results);
        Requests.answer(ctx, 202, Json.MAPPER.createObjectNode().put("accepted", results.size()));
    }

    private void append(List<CheckResult> results) {
        try {
            log.append(results.stream().map(LogEntry::put).toList());
        } catch (LogUnavailableException e) {
            metrics.resultsUnacknowledged(results.size());
            throw new LogUnavailableException(
                    "Nothing is promised about these results: send them again, with the same result_id. "
                            + e.getMessage(),
                    e);
        }
        metrics.resultsAccepted(results.size());
    }
}
