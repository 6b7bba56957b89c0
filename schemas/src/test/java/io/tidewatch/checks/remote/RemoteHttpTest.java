package io.tidewatch.checks.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.checks.field.InvalidDetailsException;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class RemoteHttpTest {
    @Test
    void acceptsEveryFieldAtItsLimit() {
        Map<String, Object> details = Map.of(
                "url", "http://example.com/" + "a".repeat(8077),
                "method", "INFO",
                "body", "b".repeat(255),
                "body_matches", Map.of("a", "1", "b", "2", "c-_ 9", "3", "d".repeat(50), "4"),
                "headers", Map.of("Accept", "text/plain", "h".repeat(255), "v".repeat(1024)),
                "payload", "p".repeat(1024));

        assertThat(RemoteHttp.TYPE.stored(details)).isEqualTo(details);
    }

    /** The gateway counted code points and the poller UTF-16 units: such a check was accepted and never run. */
    @Test
    void countsCharactersBeyondTheBasicPlaneOnce() {
        Map<String, Object> details = Map.of(
                "url", "http://example.com/",
                "body", "😀".repeat(255),
                "payload", "😀".repeat(1024),
                "auth_user", "😀".repeat(255));

        assertThat(RemoteHttp.TYPE.stored(details)).isEqualTo(details);
        assertUnfit("body", "😀".repeat(256), "details.body has 256 characters, but may have 255");
    }

    /** The gateway compiled patterns, but the poller also refused what takes too long to search for. */
    @Test
    void refusesPatternsThatTakeTooLong() {
        assertUnfit("body", "(a{25}){20}", "details.body is too large");
        assertUnfit("body_matches", Map.of("k", "(a{25}){20}"), "details.body_matches.k is too large");
        assertThat(RemoteHttp.TYPE.stored(Map.of("url", "http://a.b", "body", "(a{25}){15}")))
                .containsKey("body");
    }

    /** UTF-8 has no such thing: stored, it became a question mark, and that is no pattern. */
    @Test
    void refusesHalfOfASurrogatePair() {
        assertUnfit("body", "\ud83d", "details.body has half of a surrogate pair");
        assertUnfit("headers", Map.of("A", "\ude00\ud83d"), "details.headers.A has half of a surrogate pair");
    }

    @Test
    void takesTruthValuesAsTexts() {
        assertThat(RemoteHttp.TYPE.stored(
                        Map.of("url", "http://a.b", "follow_redirects", "False", "include_body", "true")))
                .isEqualTo(Map.of("url", "http://a.b", "follow_redirects", false, "include_body", true));
    }

    @Test
    void takesAnEmptyTextForNone() {
        assertThat(RemoteHttp.TYPE.stored(Map.of("url", "http://a.b", "body", "", "method", "")))
                .containsEntry("url", "http://a.b");
        assertUnfit("url", "", "details.url is required");
    }

    @ParameterizedTest
    @MethodSource
    void namesTheFieldThatIsUnfit(String name, Object value, String message) {
        assertUnfit(name, value, message);
    }

    static Stream<Arguments> namesTheFieldThatIsUnfit() {
        return Stream.of(
                Arguments.of("url", 7L, "details.url has to be an absolute http or https URL"),
                Arguments.of("url", "gopher://example.com", "details.url is not an http or https URL"),
                Arguments.of("url", "http://example.com/" + "a".repeat(8078), "details.url has 8097 characters"),
                Arguments.of("method", "TRACE", "details.method has to be one of HEAD, GET"),
                Arguments.of("body", "(", "details.body does not compile: missing closing ): ("),
                Arguments.of("body", "((a{50}){50}){50}", "details.body is too large"),
                Arguments.of("body", "b".repeat(256), "details.body has 256 characters"),
                Arguments.of(
                        "body_matches",
                        Map.of("a", "["),
                        "details.body_matches.a does not compile: missing closing ]: ["),
                Arguments.of("body_matches", Map.of("a/b", "x"), "details.body_matches.a/b has a key that has other"),
                Arguments.of("body_matches", Map.of("d".repeat(51), "x"), "has a key that has 51 characters"),
                Arguments.of(
                        "body_matches",
                        Map.of("a", "1", "b", "2", "c", "3", "d", "4", "e", "5"),
                        "details.body_matches has 5 pairs, but may have 4"),
                Arguments.of("body_matches", "a", "details.body_matches has to be an object of at most 4 pairs"),
                Arguments.of("headers", Map.of("Host", "evil"), "details.headers.Host has a key that is set by the"),
                Arguments.of(
                        "headers", Map.of("transfer-encoding", "x"), "details.headers.transfer-encoding has a key"),
                Arguments.of("headers", Map.of("A B", "x"), "details.headers.A B has a key that is not a header name"),
                Arguments.of("headers", Map.of("A", "x\r\nB: y"), "details.headers.A has a control character"),
                Arguments.of("headers", Map.of("A", "x\u007f"), "details.headers.A has a control character"),
                Arguments.of("headers", Map.of("A", 1L), "details.headers.A has to be a text of 1 to 1024"),
                Arguments.of("payload", "p".repeat(1025), "details.payload has 1025 characters"),
                Arguments.of("follow_redirects", "yes", "details.follow_redirects has to be true or false"),
                Arguments.of("follow_redirects", 1L, "details.follow_redirects has to be true or false"),
                Arguments.of("timeout", 1L, "details.timeout is not a field here; the fields are auth_password"));
    }

    private static void assertUnfit(String name, Object value, String message) {
        Map<String, Object> details = new HashMap<>(Map.of("url", "http://example.com/"));
        details.put(name, value);

        assertThatThrownBy(() -> RemoteHttp.TYPE.stored(details))
                .isInstanceOf(InvalidDetailsException.class)
                .hasMessageContaining(message);
    }
}
