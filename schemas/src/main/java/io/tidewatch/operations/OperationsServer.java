package io.tidewatch.operations;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Serves {@code /health/live}, {@code /health/ready} (200 or 503, with a reason a line) and {@code /metrics}
 * (Prometheus text) of one part. Started by its constructor; {@link #close} stops it.
 */
public final class OperationsServer implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(2, task -> {
        Thread thread = new Thread(task, "operations");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param port the TCP port to listen on, on every address; 0 for a free one
     * @throws UncheckedIOException when the port is taken
     */
    public OperationsServer(int port, Health health, PrometheusMeterRegistry meters) {
        try {
            server = HttpServer.create(new InetSocketAddress(port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("Can't serve health and metrics on port " + port + ": " + e.getMessage(), e);
        }
        server.setExecutor(threads);
        server.createContext(
                "/health/live",
                exchange -> answer(exchange, health.deadBecause().get()));
        server.createContext(
                "/health/ready",
                exchange -> answer(exchange, health.unreadyBecause().get()));
        server.createContext("/metrics", exchange -> send(exchange, 200, meters.scrape()));
        server.start();
    }

    /** The port it listens on. */
    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static void answer(HttpExchange exchange, List<String> faults) throws IOException {
        if (faults.isEmpty()) {
            send(exchange, 200, "ok\n");
        } else {
            send(exchange, 503, String.join("\n", faults) + "\n");
        }
    }

    private static void send(HttpExchange exchange, int status, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/plain; charset=utf-8");
        exchange.sendResponseHeaders(status, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }
}
