package io.tidewatch.standalone.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tidewatch.schema.State;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Somebody who is told: a web hook of the demo's own. The server's thread listens, any thread may ask. */
final class DemoHook implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int NO_BODY = -1;

    private final HttpServer server;
    private final Queue<Told> told = new ConcurrentLinkedQueue<>();

    /**
     * A message that has come.
     *
     * @param alarm the alarm's label
     * @param kind what it is to its receiver, such as {@code problem}
     */
    record Told(String alarm, State state, String kind) {}

    DemoHook() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException("The demo's web hook can't listen", e);
        }
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/alerts";
    }

    /** What has come since the last time that somebody asked. */
    List<Told> next() {
        List<Told> news = new ArrayList<>();
        for (Told one = told.poll(); one != null; one = told.poll()) {
            news.add(one);
        }
        return news;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            JsonNode message = JSON.readTree(exchange.getRequestBody());
            told.add(new Told(
                    message.at("/alarm/label").asText(),
                    State.valueOf(message.at("/details/state").asText()),
                    message.at("/incident/kind").asText()));
            exchange.sendResponseHeaders(204, NO_BODY);
        }
    }
}
