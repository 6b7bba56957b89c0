package io.tidewatch.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Asks the gateway for plots as any client would, one after the other on one connection. */
final class PlotClient {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);
    private static final String POINT = "\"numPoints\":";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;

    PlotClient(String root) {
        this.root = root;
    }

    /** An agent's check, whose metric {@code load} is plotted. */
    record Series(String entityId, String checkId) {}

    List<Series> createSeries(int count) {
        String entity = create("/entities", "{\"label\": \"plots\"}");
        List<Series> series = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            series.add(new Series(
                    entity,
                    create(
                            "/entities/" + entity + "/checks",
                            "{\"type\": \"agent.plugin\", \"details\": {\"file\": \"x\"}}")));
        }
        return series;
    }

    void awaitReadable(Series series, Duration patience) {
        URI metrics = URI.create(root + "/entities/" + series.entityId() + "/checks/" + series.checkId() + "/metrics");
        if (!Await.isSoWithin(
                patience, () -> send(HttpRequest.newBuilder(metrics)).statusCode() == 200)) {
            throw new IllegalStateException("The gateway can't read time series");
        }
    }

    /** @return how many points it had */
    int plot(Series series, Instant from, Instant until) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(root + "/entities/" + series.entityId()
                + "/checks/" + series.checkId() + "/metrics/load/plot?resolution=MIN5&from=" + from.toEpochMilli()
                + "&to=" + until.toEpochMilli())));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("A plot was answered with " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().split(POINT, -1).length - 1;
    }

    private String create(String path, String body) {
        HttpResponse<String> answer = send(HttpRequest.newBuilder(URI.create(root + path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
        return answer.headers()
                .firstValue("X-Object-Id")
                .orElseThrow(() -> new IllegalStateException(path + " was answered with " + answer.body()));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.timeout(ANSWER_WITHIN).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException("The gateway did not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking the gateway", e);
        }
    }
}
