package io.tidewatch.system.telling;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Takes PagerDuty's events, and knows how many alarms the incidents are of that are open. Thread-safe. */
final class Pager implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpServer server;

    /** How many alarms, by the keys of what is open. */
    private final Map<String, Integer> open = new HashMap<>();

    private int messages;

    Pager() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::receive);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/v2/enqueue";
    }

    /** Whether what is open is of so many alarms. */
    synchronized boolean isOpen(int alarms) {
        return open.values().stream().mapToInt(Integer::intValue).sum() == alarms;
    }

    synchronized int messages() {
        return messages;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void receive(HttpExchange exchange) throws IOException {
        try (exchange) {
            take(JSON.readTree(exchange.getRequestBody()));
            byte[] answer = "{\"status\":\"success\"}".getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(202, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private synchronized void take(JsonNode event) {
        messages++;
        String key = event.path("dedup_key").asText();
        if (event.path("event_action").asText().equals("resolve")) {
            open.remove(key);
        } else {
            open.put(key, event.at("/payload/custom_details/alarms").asInt(1));
        }
    }
}
