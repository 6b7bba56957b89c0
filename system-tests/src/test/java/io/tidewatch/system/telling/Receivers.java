package io.tidewatch.system.telling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import io.tidewatch.system.drills.Pause;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Web hooks of many channels. Those of {@code /prompt/…} answer at once; those of {@code /shaky/…} are slow, busy, broken, hang
 * for longer than a sender waits, or take what they read and drop the connection. Those of {@code /hanging/…} never answer in
 * time, and those of {@code /busy/…} answer 503. Thread-safe.
 */
final class Receivers implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int THREADS = 200;

    /** Of a hundred requests to a shaky one. */
    private static final int BUSY = 8;

    private static final int HANG = 20;
    private static final int PROMPT = 100;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    private final Duration hang;
    private final Random lots;
    private final List<Heard> heard = new ArrayList<>();
    private final AtomicLong requests = new AtomicLong();
    private volatile boolean healthy;

    /** @param hang longer than a sender waits for an answer */
    Receivers(Duration hang, long seed) throws IOException {
        this.hang = hang;
        this.lots = new Random(seed);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), THREADS);
        server.setExecutor(threads);
        server.createContext("/", this::receive);
        server.start();
    }

    String url(String kind, String tenant, String notification) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/" + kind + "/" + tenant + "/" + notification;
    }

    /** From now on all of them answer at once. */
    void recover() {
        healthy = true;
    }

    /** What they have taken, in the order in which they did. */
    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    long requests() {
        return requests.get();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void receive(HttpExchange exchange) throws IOException {
        requests.incrementAndGet();
        String[] path = exchange.getRequestURI().getPath().split("/", -1);
        JsonNode body = JSON.readTree(exchange.getRequestBody().readAllBytes());
        int lot = lot(path[1]);
        try (exchange) {
            if (lot < BUSY) {
                exchange.getResponseHeaders().add("Retry-After", "1");
                exchange.sendResponseHeaders(429, -1);
            } else if (lot < 16) {
                exchange.sendResponseHeaders(503, -1);
            } else if (lot < HANG) {
                take(path, body, false);
            } else if (lot < 23) {
                take(path, body, false);
                Pause.of(hang);
            } else {
                if (lot < 40) {
                    Pause.of(Duration.ofMillis(300));
                }
                take(path, body, true);
                exchange.sendResponseHeaders(204, -1);
            }
        }
    }

    private synchronized int lot(String kind) {
        return switch (kind) {
            case "hanging" -> HANG;
            case "busy" -> BUSY;
            case "shaky" -> healthy ? PROMPT : lots.nextInt(PROMPT);
            default -> PROMPT;
        };
    }

    private synchronized void take(String[] path, JsonNode body, boolean answered) {
        JsonNode details = body.path("details");
        heard.add(new Heard(
                path[2] + "/" + path[3],
                body.path("tenant_id").asText() + "/" + body.at("/entity/id").asText() + "/"
                        + body.at("/alarm/id").asText(),
                body.path("delivery_id").asText(),
                MessageKind.valueOf(body.at("/incident/kind").asText().toUpperCase(Locale.ROOT)),
                body.at("/incident/number").asLong(),
                State.valueOf(details.path("state").asText()),
                details.path("timestamp").asLong(),
                System.currentTimeMillis(),
                answered));
    }
}
