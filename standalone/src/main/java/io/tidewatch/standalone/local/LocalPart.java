package io.tidewatch.standalone.local;

import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.poller.PollerApp;
import io.tidewatch.streams.StreamsApp;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * One of Tidewatch's own parts in this process.
 *
 * @param name what to call it on the console
 * @param operationsPort where it serves health and metrics, once it has started
 */
public record LocalPart(
        String name,
        Runnable starting,
        Consumer<Duration> awaitingReady,
        IntSupplier operationsPort,
        Runnable closing) {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** A part that takes longer than this to say that it lives does not live. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);

    public static LocalPart of(StreamsApp app) {
        return new LocalPart("streams", app::start, app::awaitReady, app::operationsPort, app::close);
    }

    public static LocalPart of(String zone, PollerApp app) {
        return new LocalPart("poller " + zone, app::start, app::awaitReady, app::operationsPort, app::close);
    }

    public static LocalPart of(GatewayApp app) {
        return new LocalPart("gateway", app::start, app::awaitReady, app::operationsPort, app::close);
    }

    /** Where its health and metrics are. */
    public URI operations() {
        return URI.create("http://127.0.0.1:" + operationsPort.getAsInt());
    }

    /** Why only a restart can help it, in its own words; empty while it lives. */
    public Optional<String> deadBecause() {
        HttpRequest live = HttpRequest.newBuilder(operations().resolve("/health/live"))
                .timeout(ANSWER_WITHIN)
                .build();
        try {
            HttpResponse<String> answer = HTTP.send(live, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of(name + ": " + answer.body().strip());
        } catch (IOException e) {
            return Optional.of(name + " does not answer at " + live.uri() + ": " + e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
