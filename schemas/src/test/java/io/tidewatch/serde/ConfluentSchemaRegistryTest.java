package io.tidewatch.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.avro.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Confluent's client against canned answers; against a real registry it is tested with the embedded servers. */
final class ConfluentSchemaRegistryTest {
    private static final Schema LONG = Schema.create(Schema.Type.LONG);

    private final List<String> requests = new CopyOnWriteArrayList<>();
    private HttpServer server;
    private ConfluentSchemaRegistry registry;
    private volatile int status = 200;
    private volatile String answer = "";
    private final Map<String, String> answersByPath = new ConcurrentHashMap<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            requests.add(
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
            byte[] body = answersByPath
                    .getOrDefault(exchange.getRequestURI().getPath(), answer)
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/vnd.schemaregistry.v1+json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        registry = new ConfluentSchemaRegistry(
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void registersASchemaAndRemembersItsId() {
        answer = "{\"id\": 12}";

        assertThat(registry.register("things-value", LONG)).isEqualTo(12);
        assertThat(registry.register("things-value", LONG)).isEqualTo(12);

        assertThat(requests).containsExactly("POST /subjects/things-value/versions");
    }

    @Test
    void looksAnIdUpAndRemembersItsSchema() {
        answer = "{\"schema\": \"{\\\"type\\\": \\\"long\\\"}\"}";

        assertThat(registry.schema(12)).isEqualTo(LONG);
        assertThat(registry.schema(12)).isEqualTo(LONG);

        assertThat(requests).containsExactly("GET /schemas/ids/12");
    }

    @Test
    void learnsAllVersionsOfSomeSubjectsAndAsksForNoneOfThemLater() {
        answersByPath.put("/subjects", "[\"things-value\", \"others-value\"]");
        answersByPath.put("/subjects/things-value/versions", "[1, 2, 3]");
        answersByPath.put("/subjects/things-value/versions/1", version(1, 12, "{\\\"type\\\": \\\"long\\\"}"));
        answersByPath.put("/subjects/things-value/versions/2", version(2, 13, "message Thing {}"));
        answersByPath.put("/subjects/things-value/versions/3", version(3, 14, "{\\\"type\\\": \\\"string\\\"}"));

        registry.learn(subject -> subject.startsWith("things"));
        requests.clear();

        assertThat(registry.schema(12)).isEqualTo(LONG);
        assertThat(registry.register("things-value", LONG)).isEqualTo(12);
        assertThat(registry.schema(14)).isEqualTo(Schema.create(Schema.Type.STRING));
        assertThat(requests).isEmpty();

        registry.learn(subject -> subject.startsWith("things"));

        assertThat(requests).containsExactly("GET /subjects", "GET /subjects/things-value/versions");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 409, 422})
    void isRefusedForGoodWhenTheRegistrySaysNo(int httpStatus) {
        status = httpStatus;
        answer = "{\"error_code\": " + httpStatus + ", \"message\": \"no\"}";

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.schema(12))
                .isNotInstanceOf(RegistryUnavailableException.class)
                .withMessageContaining("refused to look up schema id 12");
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.register("things-value", LONG))
                .isNotInstanceOf(RegistryUnavailableException.class)
                .withMessageContaining("refused to register a schema for things-value");
    }

    /** A flood of records of a registry that is not ours once cost a request each. */
    @Test
    void doesNotAskForAnUnknownIdAgainAtOnce() {
        status = 404;
        answer = "{\"error_code\": 40403, \"message\": \"no\"}";

        for (int times = 0; times < 1000; times++) {
            assertThatExceptionOfType(RegistryException.class)
                    .isThrownBy(() -> registry.schema(12))
                    .withMessageContaining("refused to look up schema id 12");
        }

        assertThat(requests).hasSizeLessThan(50);
        status = 200;
        answer = "{\"schema\": \"{\\\"type\\\": \\\"long\\\"}\"}";
        await().ignoreExceptionsInstanceOf(RegistryException.class)
                .untilAsserted(() -> assertThat(registry.schema(12)).isEqualTo(LONG));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 500, 503})
    void isUnavailableForNowWhenTheRegistryIsInTrouble(int httpStatus) {
        status = httpStatus;
        answer = "{\"error_code\": " + httpStatus + ", \"message\": \"later\"}";

        assertThatExceptionOfType(RegistryUnavailableException.class).isThrownBy(() -> registry.schema(12));
        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> registry.register("things-value", LONG));
    }

    @Test
    void isUnavailableForNowWhenNobodyAnswers() {
        server.stop(0);

        assertThatExceptionOfType(RegistryUnavailableException.class)
                .isThrownBy(() -> registry.schema(12))
                .withMessageContaining("did not answer when asked to look up schema id 12");
    }

    /** Somebody may register JSON Schema or Protobuf: asking again would stop a partition for ever. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"schemaType\": \"JSON\", \"schema\": \"{\\\"type\\\": \\\"object\\\"}\"}",
                "{\"schemaType\": \"PROTOBUF\", \"schema\": \"message Thing {}\"}",
                "{\"schema\": \"{\\\"type\\\": \\\"record\\\"}\"}",
                "{\"schema\": \"\"}",
                "{}"
            })
    void isRefusedForGoodWhenAnIdIsNoAvroSchema(String schema) {
        answer = schema;

        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> registry.schema(12))
                .isNotInstanceOf(RegistryUnavailableException.class)
                .withMessageContaining(" has for id 12 is no Avro schema: ");
    }

    private static String version(int version, int id, String schema) {
        return "{\"subject\": \"things-value\", \"version\": " + version + ", \"id\": " + id + ", \"schema\": \""
                + schema + "\"}";
    }
}
