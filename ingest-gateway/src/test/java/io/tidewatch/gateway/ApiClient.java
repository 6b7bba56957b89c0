package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.http.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A client of an API, for tests. */
public abstract class ApiClient {
    private final HttpClient client = HttpClient.newHttpClient();

    /** Where the API listens on 127.0.0.1. */
    protected abstract int port();

    /** A path under the tenant acme, unless it begins with the API's version. */
    public String url(String path) {
        return "http://127.0.0.1:" + port() + (path.startsWith("/v1.0") ? "" : "/v1.0/acme") + path;
    }

    public Answer get(String path) {
        return send(request(path).GET());
    }

    /** The given field of all items of all pages of a list. */
    public List<String> follow(String path, String field) {
        List<String> found = new ArrayList<>();
        String next = path;
        while (!next.isEmpty()) {
            JsonNode page = get(next).json();
            page.path("values").forEach(item -> found.add(item.path(field).asText()));
            next = page.at("/metadata/next_href").isNull() ? "" : nextPath(page);
        }
        return found;
    }

    /** Where a page says that the next one is, which there has to be. */
    public static String nextPath(JsonNode page) {
        URI next = URI.create(page.at("/metadata/next_href").asText());
        return next.getRawPath() + "?" + next.getRawQuery();
    }

    public Answer post(String path, String body) {
        return send(json(path).POST(BodyPublishers.ofString(body)));
    }

    public Answer put(String path, String body) {
        return send(json(path).PUT(BodyPublishers.ofString(body)));
    }

    public Answer delete(String path) {
        return send(request(path).DELETE());
    }

    Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(url(path))).timeout(Duration.ofSeconds(20));
    }

    HttpRequest.Builder json(String path) {
        return request(path).header("Content-Type", "application/json; charset=utf-8");
    }

    /** Creates something that has to succeed, and gives its id. */
    public String create(String path, String body) {
        Answer answer = post(path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.header("X-Object-Id");
    }

    public String createEntity() {
        return create("/entities", "{\"label\": \"web\", \"ip_addresses\": {\"main\": \"192.0.2.1\"}}");
    }

    public String createCheck(String entityId) {
        return create("/entities/" + entityId + "/checks", """
                {"type": "remote.ping", "target_alias": "main", "monitoring_zones_poll": ["mza", "mzb"]}""");
    }

    public String createAlarm(String entityId, String checkId) {
        return create("/entities/" + entityId + "/alarms", """
                {"check_id": "%s", "notification_plan_id": "npTechnicalContactsEmail"}""".formatted(checkId));
    }

    /** An answer of the API. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return Json.parse(response.body());
        }

        /** The answer is an error of that status and type that names that field. */
        public void assertBadField(String type, String field) {
            assertFault(400, type);
            assertThat(json().at("/details/field").asText()).as(text()).isEqualTo(field);
            assertThat(json().path("message").asText()).startsWith(field);
        }

        public void assertFault(int status, String type) {
            assertThat(status()).as(text()).isEqualTo(status);
            assertThat(header("Content-Type")).isEqualTo("application/json");
            JsonNode fault = json();
            assertThat(fault.path("type").asText()).as(text()).isEqualTo(type);
            assertThat(fault.path("code").asInt()).isEqualTo(status);
            assertThat(fault.path("message").asText()).isNotBlank();
            assertThat(fault.path("details").isObject()).isTrue();
            assertThat(fault.path("txnId").asText()).isNotBlank().isEqualTo(header("X-Response-Id"));
        }
    }
}
