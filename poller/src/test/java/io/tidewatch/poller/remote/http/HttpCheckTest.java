package io.tidewatch.poller.remote.http;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.poller.probe.Details;
import io.tidewatch.poller.probe.InvalidCheckException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class HttpCheckTest {
    @Test
    void acceptsEverySettingAtItsLimit() {
        Map<String, Object> details = Map.of(
                "url", "http://example.com/" + "a".repeat(8077),
                "method", "INFO",
                "body", "b".repeat(255),
                "body_matches", Map.of("a", "1", "b", "2", "c-_ 9", "3", "d".repeat(50), "4"),
                "headers", Map.of("Accept", "text/plain"),
                "payload", "p".repeat(1024));

        assertThatCode(() -> HttpCheck.of(new Details(details))).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource
    void namesTheSettingThatIsUnfit(String name, Object value, String message) {
        Map<String, Object> details = new HashMap<>(Map.of("url", "http://example.com/"));
        details.put(name, value);

        assertThatThrownBy(() -> HttpCheck.of(new Details(details)))
                .isInstanceOf(InvalidCheckException.class)
                .hasMessageContaining(message);
    }

    static Stream<Arguments> namesTheSettingThatIsUnfit() {
        return Stream.of(
                Arguments.of("url", "", "details.url is missing"),
                Arguments.of("url", 7L, "details.url has to be a text"),
                Arguments.of("url", "gopher://example.com", "details.url is not an http or https URL"),
                Arguments.of("url", "http://example.com/" + "a".repeat(8078), "details.url has 8097 characters"),
                Arguments.of("method", "TRACE", "details.method has to be one of DELETE, GET"),
                Arguments.of("body", "(", "details.body is not a regular expression"),
                Arguments.of("body", "((a{50}){50}){50}", "details.body is too large"),
                Arguments.of("body", "b".repeat(256), "details.body has 256 characters"),
                Arguments.of("body_matches", Map.of("a", "["), "details.body_matches.a is not a regular expression"),
                Arguments.of("body_matches", Map.of("a/b", "x"), "details.body_matches has the key 'a/b'"),
                Arguments.of(
                        "body_matches",
                        Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5"),
                        "details.body_matches has 5 entries"),
                Arguments.of("headers", Map.of("Host", "evil"), "details.headers may not set 'Host'"),
                Arguments.of("headers", Map.of("transfer-encoding", "x"), "may not set 'transfer-encoding'"),
                Arguments.of("headers", Map.of("A B", "x"), "may not set 'A B'"),
                Arguments.of("headers", Map.of("A", "x\r\nB: y"), "control characters in the value of 'A'"),
                Arguments.of("payload", "p".repeat(1025), "details.payload has 1025 characters"),
                Arguments.of("follow_redirects", "yes", "details.follow_redirects has to be true or false"));
    }
}
