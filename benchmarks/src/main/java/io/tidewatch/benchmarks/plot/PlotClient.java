package io.tidewatch.benchmarks.plot;

import io.tidewatch.benchmarks.servers.Await;
import io.tidewatch.topics.CheckPath;
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
    private static final String TENANT = "acme";
    private static final String POINT = "\"numPoints\":";

    private final HttpClient http = HttpClient.newHttpClient();
    private final String root;

    /** @param port of the gateway's API on this machine */
    PlotClient(int port) {
        this.root = "http://127.0.0.1:" + port + "/v1.0/" + TENANT;
    }

    /** Makes so many agents' checks of one entity. */
    List<CheckPath> createChecks(int count) {
        String entity = create("/entities", "{\"label\": \"plots\"}");
        List<CheckPath> checks = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            checks.add(new CheckPath(
                    TENANT,
                    entity,
                    create(
                            "/entities/" + entity + "/checks",
                            "{\"type\": \"agent.plugin\", \"details\": {\"file\": \"x\"}}")));
        }
        return checks;
    }

    void awaitReadable(CheckPath check, Duration patience) {
        HttpRequest.Builder request = HttpRequest.newBuilder(metrics(check, ""));
        if (!Await.isSoWithin(patience, () -> send(request).statusCode() == 200)) {
            throw new IllegalStateException("The gateway can't read time series");
        }
    }

    /** @return how many points it had */
    int plot(CheckPath check, String metric, Instant from, Instant until) {
        String plot =
                "/" + metric + "/plot?resolution=MIN5&from=" + from.toEpochMilli() + "&to=" + until.toEpochMilli();
        HttpResponse<String> answer = send(HttpRequest.newBuilder(metrics(check, plot)));
        if (answer.statusCode() != 200) {
            throw new IllegalStateException("A plot was answered with " + answer.statusCode() + " " + answer.body());
        }
        return answer.body().split(POINT, -1).length - 1;
    }

    private URI metrics(CheckPath check, String rest) {
        return URI.create(root + "/entities/" + check.entityId() + "/checks/" + check.checkId() + "/metrics" + rest);
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
