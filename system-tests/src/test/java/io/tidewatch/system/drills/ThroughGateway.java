package io.tidewatch.system.drills;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Posts results of one tenant to the gateway, on a thread of its own, and again the ones that were not acknowledged, as the
 * gateway wants it from its clients.
 */
final class ThroughGateway implements Way {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final Duration AGAIN_AFTER = Duration.ofMillis(200);
    private static final int ACCEPTED = 202;
    private static final int FIRST_SERVER_FAULT = 500;
    private static final int MOST_IN_A_BATCH = 100;

    private final URI results;
    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final BlockingQueue<CheckResult> waiting = new LinkedBlockingQueue<>();
    private final AtomicLong repeated = new AtomicLong();
    private final CompletableFuture<Void> end;
    private volatile boolean complete;
    private volatile boolean closed;

    /** @param api what the gateway's URLs begin with, up to the tenant */
    ThroughGateway(String api) {
        results = URI.create(api + "/" + DrillStory.TENANT + "/results");
        end = CompletableFuture.runAsync(this::post, task -> new Thread(task, "through-gateway").start());
    }

    @Override
    public void send(CheckResult result) {
        waiting.add(result);
    }

    /** How many batches were sent again. */
    long repeated() {
        return repeated.get();
    }

    @Override
    public void awaitAcknowledged() {
        complete = true;
        end.join();
    }

    @Override
    public void close() {
        closed = true;
    }

    private void post() {
        try {
            while (!closed && !(complete && waiting.isEmpty())) {
                List<CheckResult> batch = new ArrayList<>();
                waiting.drainTo(batch, MOST_IN_A_BATCH);
                if (batch.isEmpty()) {
                    Pause.of(AGAIN_AFTER);
                } else {
                    postUntilAcknowledged(batch);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void postUntilAcknowledged(List<CheckResult> batch) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(results)
                .timeout(ANSWER_WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(text(batch)))
                .build();
        while (!closed && !isAcknowledged(request)) {
            repeated.incrementAndGet();
            Pause.of(AGAIN_AFTER);
        }
    }

    private boolean isAcknowledged(HttpRequest request) throws InterruptedException {
        HttpResponse<String> answer;
        try {
            answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            return false;
        }
        if (answer.statusCode() != ACCEPTED && answer.statusCode() < FIRST_SERVER_FAULT) {
            throw new IllegalStateException(
                    "The gateway refuses results: " + answer.statusCode() + " " + answer.body());
        }
        return answer.statusCode() == ACCEPTED;
    }

    private String text(List<CheckResult> batch) {
        try {
            return json.writeValueAsString(
                    batch.stream().map(ThroughGateway::fields).toList());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, Object> fields(CheckResult result) {
        Map<String, Object> metrics = new HashMap<>();
        result.getMetrics().forEach((name, metric) -> metrics.put(name, fields(metric)));
        return Map.of(
                "result_id", result.getResultId(),
                "entity_id", result.getEntityId(),
                "check_id", result.getCheckId(),
                "zone_id", result.getZoneId(),
                "collector_id", result.getCollectorId(),
                "timestamp", result.getTimestamp().toEpochMilli(),
                "available", result.getAvailable(),
                "status", result.getStatus(),
                "metrics", metrics);
    }

    private static Map<String, Object> fields(Metric metric) {
        Map<String, Object> fields = new HashMap<>();
        fields.put("value", metric.getValue());
        if (metric.getUnit() != null) {
            fields.put("unit", metric.getUnit());
        }
        return fields;
    }
}
