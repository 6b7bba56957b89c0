package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.gateway.http.Json;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no well-behaved client sends, over real sockets. */
class RawHttpTest {
    private static final String ENTITIES = " /v1.0/acme/entities HTTP/1.1\r\nHost: a\r\n";
    private static final String CLOSE = "Connection: close\r\n\r\n";
    private static final String POST = "POST" + ENTITIES + "Content-Type: application/json\r\n";

    private final RunningApi api = new RunningApi();

    @AfterEach
    void close() {
        api.close();
    }

    /** Fault: Javalin took the header for the method. */
    @ParameterizedTest
    @ValueSource(strings = {"X-HTTP-Method-Override", "x-http-method-override"})
    void goesByTheMethodOfTheRequestLineAlone(String header) {
        String entity = "/entities/" + api.createEntity();

        ApiClient.Answer answer =
                api.send(api.request(entity).header(header, "DELETE").GET());

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("label").asText()).isEqualTo("web");
        assertThat(api.get(entity).status()).isEqualTo(200);
    }

    /** Fault: some of them were answered with 500. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1.0/%u0041/entities/../checks/x",
                "/v1.0/%u0041/entities",
                "/v1.0/acme/../entities",
                "/v1.0/acme/%2e%2e/entities",
                "/v1.0/acme/entities/..;/x",
                "/v1.0/acme/entities/a%2Fb",
                "/v1.0/acme/entities/a%252Fb",
                "/v1.0/acme/entities/%",
                "/v1.0/acme/entities/%zz",
                "/v1.0/acme/entities/%c0%ae",
                "/v1.0/acme/entities/%ff%fe",
                "/v1.0/acme/entities/%ed%a0%80",
                "/v1.0/acme/entities/%00",
                "/v1.0/acme//entities",
                "/v1.0/acme/entities/x;jsessionid=1",
                "/v1.0/acme/entities/a b",
                "//v1.0/acme/entities",
                "/..",
                "*",
                "entities",
                "http://[/v1.0/acme/entities",
                "http://user:word@a/v1.0/acme/entities/x"
            })
    void answersAnOddPathWithAnErrorOfTheSender(String path) {
        for (String method : new String[] {"GET", "HEAD", "PUT", "DELETE", "OPTIONS"}) {
            String answer = RawConnection.ask(
                    api.port(), method + " " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n" + CLOSE);

            assertThat(answer).as(method).matches("(?s)HTTP/1.1 (400|404|405|204) .*");
            if (!method.equals("HEAD") && !answer.startsWith("HTTP/1.1 204")) {
                assertIsFault(answer);
            }
        }
    }

    /** Faults: a bad chunk was answered with 500; 505 had a body that said 500. */
    @ParameterizedTest
    @CsvSource({
        "400, Transfer-Encoding: chunked, 'zz\r\n{}\r\n0\r\n\r\n'",
        "400, Transfer-Encoding: chunked, '-1\r\n{}\r\n0\r\n\r\n'",
        "400, Transfer-Encoding: chunked, 'fffffffffffffffff\r\n{}\r\n0\r\n\r\n'",
        "400, Transfer-Encoding: chunked, '2\r\n{}XX\r\n0\r\n\r\n'",
        "400, 'Transfer-Encoding: chunked\r\nContent-Length: 2', '2\r\n{}\r\n0\r\n\r\n'",
        "400, 'Content-Length: 2\r\nTransfer-Encoding: chunked', '2\r\n{}\r\n0\r\n\r\n'",
        "400, 'Content-Length: 2\r\nContent-Length: 3', '{} '",
        "400, 'Content-Length: 2, 3', '{} '",
        "400, Content-Length: +2, '{}'",
        "400, Content-Length: -2, '{}'",
        "400, Content-Length: 99999999999999999999, '{}'",
        "400, Content-Length : 2, '{}'",
        "400, 'Transfer-Encoding: chunked, identity', '{}'",
        "400, 'Transfer-Encoding: xchunked', '{}'",
        "400, 'X: a\r\n b\r\nContent-Length: 2', '{}'",
        "400, 'X: a\rb\r\nContent-Length: 2', '{}'",
        "400, 'X\r\nContent-Length: 2', '{}'"
    })
    void refusesABodyWhoseEndIsNotCertain(int status, String headers, String body) {
        String answer = RawConnection.ask(api.port(), POST + headers + "\r\n" + CLOSE + body);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertIsFault(answer);
        assertThat(api.log.entries()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "505, GET /v1.0/acme/entities HTTP/3.7",
        "505, GET /v1.0/acme/entities HTTP/x",
        "400, GET",
        "400, GET /v1.0/acme/entities HTTP/1.1 x"
    })
    void saysItsStatusInTheBodyToo(int status, String line) {
        String answer = RawConnection.ask(api.port(), line + "\r\nHost: a\r\n" + CLOSE);

        assertThat(answer).startsWith("HTTP/1.1 " + status + " ");
        assertIsFault(answer);
    }

    @Test
    void boundsPathsAndHeaders() {
        String tooLong = "a".repeat(20_000);

        String path = RawConnection.ask(api.port(), "GET /v1.0/" + tooLong + " HTTP/1.1\r\nHost: a\r\n" + CLOSE);
        String query = RawConnection.ask(
                api.port(), "GET /v1.0/acme/entities?" + "id=&".repeat(5_000) + " HTTP/1.1\r\nHost: a\r\n" + CLOSE);
        String header = RawConnection.ask(api.port(), "GET" + ENTITIES + "X: " + tooLong + "\r\n" + CLOSE);
        String headers = RawConnection.ask(api.port(), "GET" + ENTITIES + "X: y\r\n".repeat(5_000) + CLOSE);

        assertThat(path).startsWith("HTTP/1.1 414 ");
        assertThat(query).startsWith("HTTP/1.1 414 ");
        assertThat(header).startsWith("HTTP/1.1 431 ");
        assertThat(headers).startsWith("HTTP/1.1 431 ");
        Stream.of(path, query, header, headers).forEach(RawHttpTest::assertIsFault);
    }

    @Test
    void wantsAHost() {
        assertIsFault(RawConnection.ask(api.port(), "GET /v1.0/acme/entities HTTP/1.1\r\n" + CLOSE));
        assertIsFault(RawConnection.ask(api.port(), "GET" + ENTITIES + "Host: b\r\n" + CLOSE));
    }

    @Test
    void answersPipelinedRequestsInTheirOrder() {
        String first = POST + "Content-Length: 17\r\n\r\n{\"label\": \"one\"} ";
        String second = POST + "Transfer-Encoding: chunked\r\n\r\n10\r\n{\"label\": \"two\"}\r\n0\r\n\r\n";
        String third = "GET" + ENTITIES + CLOSE;

        String answers = RawConnection.ask(api.port(), first + second + third);

        assertThat(answers).containsPattern("(?s)^HTTP/1.1 201 .*HTTP/1.1 201 .*HTTP/1.1 200 .*\"count\":2");
    }

    /** Whatever a proxy in front takes for the end of the body, no part of it is answered as a request of its own. */
    @Test
    void hearsNoSecondRequestInARefusedBody() {
        String hidden = "GET /v1.0/victim/entities HTTP/1.1\r\nHost: a\r\n\r\n";

        String answer = RawConnection.ask(
                api.port(), POST + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + hidden);

        assertThat(answer).startsWith("HTTP/1.1 400 ").doesNotContain("HTTP/1.1 200");
    }

    @Test
    void asksForTheBodyOfWhoWaitsToBeAsked() {
        try (RawConnection connection = new RawConnection(api.port())) {
            connection.send(POST + "Expect: 100-continue\r\nContent-Length: 16\r\n" + CLOSE);
            assertThat(connection.readSome("HTTP/1.1 100 Continue".length())).isEqualTo("HTTP/1.1 100 Continue");
            connection.send("{\"label\": \"one\"}");

            assertThat(connection.readAll()).contains("HTTP/1.1 201 ");
        }
    }

    @Test
    void speaksNoWebSocket() {
        String answer = RawConnection.ask(
                api.port(),
                "GET" + ENTITIES
                        + "Connection: Upgrade, close\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                        + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n");

        assertThat(answer).startsWith("HTTP/1.1 200 ");
    }

    /** Faults: the parser's own messages were shown, with its classes and settings. */
    @ParameterizedTest
    @MethodSource("malformed")
    void tellsWhatIsWrongWithJsonInItsOwnWords(String body, String reason) {
        ApiClient.Answer answer = api.post("/entities", body);

        answer.assertFault(400, "badRequest");
        assertThat(answer.json().path("message").asText())
                .contains(reason)
                .matches("The body is not JSON: line \\d+, column \\d+: .*")
                .doesNotContainIgnoringCase("FAIL_ON", "token", "jackson", "maximum", "JsonNode", "java", "source:");
    }

    static Stream<Object[]> malformed() {
        return Stream.of(
                new Object[] {"{\"label\": \"web\"} {}", "here is more text"},
                new Object[] {"{\"label\": \"web\"} x", "not what may come here"},
                new Object[] {"{\"label\": \"web\"", "ends before"},
                new Object[] {"{\"label\": \"we", "ends before"},
                new Object[] {"{\"label\": \"a\", \"label\": \"b\"}", "same name twice"},
                new Object[] {"{\"label\" \"web\"}", "not what may come here"},
                new Object[] {"{\"label\": NaN}", "not what may come here"},
                new Object[] {"{\"label\": 01}", "not what may come here"},
                new Object[] {"{\"label\": \"\\x\"}", "not what may come here"},
                new Object[] {"{\"label\": \"\u0001\"}", "not what may come here"},
                new Object[] {"[".repeat(17), "beyond what is read"},
                new Object[] {"{\"label\": " + "1".repeat(351) + "}", "numbers of 350 characters"},
                new Object[] {"{\"label\": \"" + "a".repeat(65_537) + "\"}", "texts of 65536"},
                new Object[] {"{\"" + "a".repeat(1_021) + "\": 1}", "names of 1020"},
                new Object[] {"[" + "1,".repeat(400_000) + "1]", "400000 names and values"});
    }

    /** Fault: half of a surrogate pair became a question mark. */
    @ParameterizedTest
    @CsvSource({
        "{\"label\": \"a\\ud800\"}, label",
        "{\"label\": \"\\udc00\\ud800\"}, label",
        "'{\"label\": \"web\", \"metadata\": {\"a\": \"\\ud83d\\u0041\"}}', metadata.a",
        "'{\"label\": \"web\", \"ip_addresses\": {\"a\": [{\"b\": \"\\udfff\"}]}}', ip_addresses.a[0].b"
    })
    void refusesHalfOfASurrogatePair(String body, String field) {
        api.post("/entities", body).assertBadField("badRequest", field);

        assertThat(api.log.entries()).isEmpty();
    }

    @Test
    void refusesHalfOfASurrogatePairInBytes() {
        byte[] body = "{\"label\": \"a???\"}".getBytes(StandardCharsets.US_ASCII);
        int at = new String(body, StandardCharsets.US_ASCII).indexOf('?');
        body[at] = (byte) 0xED;
        body[at + 1] = (byte) 0xA0;
        body[at + 2] = (byte) 0x80;

        api.send(api.json("/entities").POST(BodyPublishers.ofByteArray(body))).assertFault(400, "badRequest");

        assertThat(api.log.entries()).isEmpty();
    }

    @Test
    void takesAWholeSurrogatePair() {
        String id = api.create("/entities", "{\"label\": \"\\ud83d\\ude00 😀\"}");

        assertThat(api.get("/entities/" + id).json().path("label").asText()).isEqualTo("😀 😀");
    }

    private static void assertIsFault(String answer) {
        JsonNode fault =
                Json.parse(answer.substring(answer.indexOf("\r\n\r\n") + 4).getBytes(StandardCharsets.UTF_8));
        assertThat(fault.path("code").asText()).as(answer).isEqualTo(answer.split(" ", 3)[1]);
        assertThat(fault.path("type").asText()).as(answer).isNotBlank();
        assertThat(fault.path("message").asText()).as(answer).isNotBlank();
        assertThat(fault.path("txnId").asText()).as(answer).isNotBlank();
        assertThat(answer).contains("Content-Type: application/json").doesNotContain("jetty", "javalin");
    }
}
