package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.http.Requests;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.LogUnavailableException;
import io.tidewatch.settings.Settings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpApiTest {
    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nothing", "/entities/en1/nothing", "/v1.0", "/v1.0/acme"})
    void answersAnUnknownPathInTheShapeOfErrors(String path) {
        api.get(path).assertFault(404, "notFoundError");
    }

    @Test
    void tellsWhichMethodsAPathTakes() {
        ApiClient.Answer answer = api.send(api.request("/results").GET());

        answer.assertFault(405, "methodNotAllowedError");
        assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
    void refusesABodyThatIsDeclaredToBeSomethingElse(String contentType) {
        api.send(api.request("/entities").header("Content-Type", contentType).POST(BodyPublishers.ofString("{}")))
                .assertFault(415, "unsupportedMediaTypeError");
    }

    @Test
    void refusesABodyInAnotherEncodingThanGzip() {
        api.send(api.json("/entities").header("Content-Encoding", "br").POST(BodyPublishers.ofString("{}")))
                .assertFault(415, "unsupportedMediaTypeError");
    }

    /** Fault: a body compressed by gzip got 415. */
    @Test
    void readsABodyInGzip() {
        ApiClient.Answer answer = api.send(gzip("{\"label\": \"web\"}".getBytes(StandardCharsets.UTF_8)));

        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(api.get("/entities/" + answer.header("X-Object-Id"))
                        .json()
                        .path("label")
                        .asText())
                .isEqualTo("web");
    }

    @Test
    void inflatesNoMoreThanABodyMayHave() {
        byte[] longest = new byte[Requests.MAX_BODY_BYTES];
        Arrays.fill(longest, (byte) ' ');
        byte[] tooLong = Arrays.copyOf(longest, longest.length + 1);
        tooLong[longest.length] = ' ';

        api.send(gzip(longest)).assertFault(400, "badRequest");
        api.send(gzip(tooLong)).assertFault(413, "requestTooLargeError");
    }

    @Test
    void refusesABodyThatOnlySaysItWereGzip() {
        api.send(api.json("/entities").header("Content-Encoding", "gzip").POST(BodyPublishers.ofString("{}")))
                .assertFault(400, "badRequest");
    }

    /** Fault: {@code OPTIONS} got 405. */
    @Test
    void answersOptionsWithTheMethodsThatThereAre() {
        ApiClient.Answer answer = options("/results");

        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
        assertThat(answer.text()).isEmpty();
        assertThat(List.of(options("/entities").header("Allow").split(", ")))
                .containsExactlyInAnyOrder("GET", "HEAD", "POST", "OPTIONS");
        options("/nothing").assertFault(404, "notFoundError");
    }

    private ApiClient.Answer options(String path) {
        return api.send(api.request(path).method("OPTIONS", BodyPublishers.noBody()));
    }

    private HttpRequest.Builder gzip(byte[] body) {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(compressed)) {
            out.write(body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return api.json("/entities")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(compressed.toByteArray()));
    }

    @Test
    void tellsWhereJsonIsMalformed() {
        ApiClient.Answer answer = api.post("/entities", "{\n  \"label\" \"web\"}");

        answer.assertFault(400, "badRequest");
        JsonNode details = answer.json().path("details");
        assertThat(details.path("error_line").asInt()).isEqualTo(2);
        assertThat(details.path("error_column").asInt()).isPositive();
        assertThat(details.path("error_position").asInt()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "1", "{\"label\": \"a\", \"label\": \"b\"}", "{\"label\": \"a\"} {}", "{\"label\":"})
    void refusesWhatIsNotOneJsonObject(String body) {
        api.post("/entities", body).assertFault(400, "badRequest");
    }

    @Test
    void refusesJsonThatIsNestedTooDeep() {
        api.post("/results", "[".repeat(100_000)).assertFault(400, "badRequest");
    }

    @Test
    void takesABodyUpToOneMebibyte() {
        String body = "{\"label\": \"web\"}";

        assertThat(api.post("/entities", body + " ".repeat((1 << 20) - body.length()))
                        .status())
                .isEqualTo(201);
        api.post("/entities", body + " ".repeat((1 << 20) - body.length() + 1))
                .assertFault(413, "requestTooLargeError");
    }

    @Test
    void answersHeadAsGetWithoutABody() {
        String id = api.createEntity();

        ApiClient.Answer there = api.send(api.request("/entities/" + id).method("HEAD", BodyPublishers.noBody()));
        ApiClient.Answer gone = api.send(api.request("/entities/enX").method("HEAD", BodyPublishers.noBody()));

        assertThat(there.status()).isEqualTo(200);
        assertThat(there.text()).isEmpty();
        assertThat(gone.status()).isEqualTo(404);
    }

    @Test
    void givesEveryAnswerItsOwnId() {
        String first = api.get("/entities").header("X-Response-Id");
        String second = api.get("/entities").header("X-Response-Id");

        assertThat(first).isNotBlank().isNotEqualTo(second);
    }

    @Test
    void refusesATenantThatIsNone() {
        api.get("/v1.0/a%2Fb/entities").assertFault(400, "badRequest");
        api.get("/v1.0/a:b:c/entities").assertFault(400, "badRequest");
        api.get("/v1.0/a:/entities").assertFault(400, "badRequest");
        api.get("/v1.0/" + "a".repeat(65) + "/entities").assertFault(400, "badRequest");
    }

    /** Fault: {@code hybrid:000000} was refused, though Rackspace's tenants look like that. */
    @Test
    void takesATenantWithAColon() {
        String entities = "/v1.0/hybrid:000000/entities";

        ApiClient.Answer created = api.post(entities, "{\"label\": \"web\"}");

        assertThat(created.status()).as(created.text()).isEqualTo(201);
        String id = created.header("X-Object-Id");
        assertThat(created.header("Location")).endsWith("/v1.0/hybrid:000000/entities/" + id);
        assertThat(api.log.entries()).extracting(LogEntry::key).containsExactly("hybrid:000000/" + id);
        assertThat(api.get("/v1.0/hybrid%3A000000/entities/" + id).status()).isEqualTo(200);
    }

    @Test
    void answersGarbageInTheShapeOfErrors() throws IOException {
        String answer;
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), api.port())) {
            socket.getOutputStream().write("GARBAGE\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        }

        assertThat(answer).startsWith("HTTP/1.1 400 ").contains("{\"type\":\"badRequest\",\"code\":400,");
    }

    @Test
    void servesNothingBeforeTheConfigurationIsKnown() {
        api.stayClosed();

        ApiClient.Answer answer = api.get("/entities");

        answer.assertFault(503, "systemFailureError");
        assertThat(answer.header("Retry-After")).isEqualTo("5");
    }

    @Test
    void claimsNothingWhenTheLogDoesNotAnswer() {
        String id = api.createEntity();
        api.log.failWith(new LogUnavailableException("Kafka did not acknowledge in time", null));

        for (ApiClient.Answer answer : List.of(
                api.post("/entities", "{\"label\": \"web\"}"),
                api.put("/entities/" + id, "{\"label\": \"db\"}"),
                api.delete("/entities/" + id))) {
            answer.assertFault(503, "systemFailureError");
            assertThat(answer.header("Retry-After")).isEqualTo("5");
        }
        assertThat(api.get("/entities/" + id).json().path("label").asText()).isEqualTo("web");
    }

    @Test
    void keepsABugToItself() {
        api.log.failWith(new IllegalStateException("secret"));

        ApiClient.Answer answer = api.post("/entities", "{\"label\": \"web\"}");

        answer.assertFault(500, "internalError");
        assertThat(answer.text()).doesNotContain("secret");
    }

    @Test
    void letsUpdatesOfOneResourceFollowEachOther() {
        String id = api.createEntity();
        List<String> fields = List.of("label", "uri", "agent_id");

        CompletableFuture.allOf(fields.stream()
                        .map(field -> CompletableFuture.runAsync(
                                () -> api.put("/entities/" + id, "{\"" + field + "\": \"new\"}")))
                        .toArray(CompletableFuture[]::new))
                .join();

        JsonNode entity = api.get("/entities/" + id).json();
        assertThat(fields)
                .allSatisfy(field -> assertThat(entity.path(field).asText()).isEqualTo("new"));
    }

    @Test
    void timesRequestsByRoute() {
        api.get("/entities/enX");

        assertThat(api.meters
                        .timer(
                                "tidewatch.gateway.requests",
                                "route",
                                "/v1.0/{tenantId}/entities/{id}",
                                "method",
                                "GET",
                                "status",
                                "404")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void putsThePublicUrlInFrontOfPlaces() {
        try (RunningApi proxied = new RunningApi(Map.of(GatewayConfig.PUBLIC_URL, "https://api.example.org"))) {
            ApiClient.Answer answer = proxied.post("/entities", "{\"label\": \"web\"}");

            assertThat(answer.header("Location")).startsWith("https://api.example.org/v1.0/acme/entities/en");
        }
    }

    @Test
    void saysWhetherItListensAndWhenItsServerHasEnded() throws Exception {
        GatewayConfig config = GatewayConfig.from(
                Settings.of(GatewayConfig.DEFINITION, Map.of(GatewayConfig.SHUTDOWN_TIMEOUT_MS, "0")));
        try (HttpApi server =
                new HttpApi(List.of(), config, new GatewayMetrics(new SimpleMeterRegistry()), () -> true)) {
            assertThat(server.notListeningBecause()).isPresent();
            assertThat(server.endedBecause()).isEmpty();

            server.start("127.0.0.1", 0);
            assertThat(server.notListeningBecause()).isEmpty();
            assertThat(server.endedBecause()).isEmpty();

            server.jetty().getConnectors()[0].stop();
            assertThat(server.notListeningBecause()).isPresent();
            assertThat(server.endedBecause()).isPresent();
        }
    }
}
