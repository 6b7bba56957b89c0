package io.tidewatch.gateway.ingest;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.gateway.http.Endpoint;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.gateway.records.RecordLog;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * Takes check results from elsewhere. A batch is refused as a whole or acknowledged as a whole, and acknowledged only when
 * Kafka has every result of it on all in-sync replicas. Called by the HTTP server's threads.
 *
 * <p>After a 503 nothing is promised: some results may be in the log. A sender repeats the batch with the result ids it
 * chose itself, by which readers of the log recognise the repetition.
 */
public final class ResultEndpoint implements Endpoint {
    private final ResultJson json;
    private final RecordLog log;
    private final Clock clock;
    private final Counter accepted;
    private final Counter unacknowledged;
    private final Counter refusedBatches;

    public ResultEndpoint(ResultJson json, RecordLog log, Clock clock, MeterRegistry meters) {
        this.json = json;
        this.log = log;
        this.clock = clock;
        this.accepted = results("accepted", meters);
        this.unacknowledged = results("unacknowledged", meters);
        this.refusedBatches = Counter.builder("tidewatch.gateway.result.batches.refused")
                .description("Requests with check results that were refused for their content.")
                .register(meters);
    }

    @Override
    public void addTo(RoutesConfig routes) {
        routes.post(TENANT + "/results", this::accept);
    }

    private void accept(Context ctx) {
        List<CheckResult> results;
        try {
            results = json.read(
                    Requests.tenantId(ctx),
                    Json.parse(Requests.jsonBody(ctx)),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
        } catch (Fault fault) {
            refusedBatches.increment();
            throw fault;
        }
        append(results);
        Requests.answer(ctx, 202, Json.MAPPER.createObjectNode().put("accepted", results.size()));
    }

    private void append(List<CheckResult> results) {
        try {
            log.append(results.stream().map(ResultEndpoint::entry).toList());
        } catch (LogUnavailableException e) {
            unacknowledged.increment(results.size());
            throw new LogUnavailableException(
                    "Nothing is promised about these results: send them again, with the same result_id. "
                            + e.getMessage(),
                    e);
        }
        accepted.increment(results.size());
    }

    private static LogEntry entry(CheckResult result) {
        String check = CheckPath.of(result).toString();
        return new LogEntry(Topic.CHECK_RESULTS, check, Optional.of(check), Optional.of(result));
    }

    private static Counter results(String outcome, MeterRegistry meters) {
        return Counter.builder("tidewatch.gateway.results")
                .description("Check results acknowledged by Kafka, and those it did not acknowledge in time.")
                .tag("outcome", outcome)
                .register(meters);
    }
}
