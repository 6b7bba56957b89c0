package io.tidewatch.benchmarks.sink;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/**
 * What a part told of itself on {@code /metrics} at one moment.
 *
 * @param text in Prometheus' format
 */
record ScrapedMetrics(String text) {
    /** @param port of a part on this machine */
    static ScrapedMetrics of(int port) {
        URI metrics = URI.create("http://127.0.0.1:" + port + "/metrics");
        try {
            return new ScrapedMetrics(HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException e) {
            throw new UncheckedIOException("The metrics can't be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while metrics are read", e);
        }
    }

    /** Of a metric, over all its labels; 0 for one that isn't there. */
    double sum(String name) {
        return text.lines()
                .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }
}
