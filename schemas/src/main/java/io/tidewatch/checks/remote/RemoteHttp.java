package io.tidewatch.checks.remote;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.Unit;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.checks.field.SearchPattern;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Declares {@code remote.http}. Source of names and limits: the check types of Rackspace Cloud Monitoring. */
public final class RemoteHttp {
    private static final int MAX_SENT_CHARS = 1024;
    private static final int MAX_HEADERS = 10;
    private static final int MAX_BODY_MATCHES = 4;

    /** Headers that the poller's own connection decides. */
    private static final Set<String> RESERVED_HEADERS =
            Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade", "user-agent");

    private static final Pattern MATCH_KEY = Pattern.compile("[-_ a-zA-Z0-9]+");

    private static final Form<String> CREDENTIAL = Form.text(255);

    public static final Field<HttpUrl> URL = Field.required(
            "url", Form.httpUrl(), "What is asked for. It gives path, port, Host header and TLS server name.");

    public static final Field<String> METHOD = Field.withDefault(
            "method", Form.oneOf("HEAD", "GET", "POST", "PUT", "DELETE", "INFO"), "GET", "The request's method.");

    public static final Field<Optional<SearchPattern>> BODY = Field.optional(
            "body", Form.pattern(), "What to search for in the response's body; the metric body_match has the match.");

    public static final Field<Optional<Map<String, SearchPattern>>> BODY_MATCHES = Field.optional(
            "body_matches",
            Form.map(MAX_BODY_MATCHES, Form.text(50, RemoteHttp::objectionToMatchKey), Form.pattern()),
            "More to search for in the response's body, by keys: the metric body_match_<key> has the match.");

    public static final Field<Optional<Map<String, String>>> HEADERS = Field.optional(
            "headers",
            Form.headers(MAX_HEADERS, MAX_SENT_CHARS, RemoteHttp::objectionToHeader),
            "Headers to send, to the origin of the url alone.");

    public static final Field<Optional<String>> PAYLOAD = Field.optional(
            "payload", Form.text(MAX_SENT_CHARS), "The request's body. What a redirect leads to gets none.");

    public static final Field<Boolean> FOLLOW_REDIRECTS =
            Field.withDefault("follow_redirects", Form.flag(), true, "Whether to go where a redirect leads.");

    public static final Field<Optional<String>> AUTH_USER =
            Field.optional("auth_user", CREDENTIAL, "The user name for Basic authentication.");

    public static final Field<Optional<String>> AUTH_PASSWORD = Field.optional(
                    "auth_password", CREDENTIAL, "The password for Basic authentication.")
            .secret();

    public static final Field<Boolean> INCLUDE_BODY = Field.withDefault(
            "include_body", Form.flag(), false, "Whether the metric body has the beginning of the response's body.");

    /** The response's status, as a text: {@code metric['code'] == "404"}. */
    public static final DeclaredMetric CODE = DeclaredMetric.text("code");

    /** How many bytes of the body came. */
    public static final DeclaredMetric BYTES = DeclaredMetric.integer("bytes", Unit.BYTES);

    /** How many bytes of the body were not looked at. */
    public static final DeclaredMetric TRUNCATED = DeclaredMetric.integer("truncated", Unit.BYTES);

    public static final DeclaredMetric BODY_TEXT = DeclaredMetric.text("body");
    public static final DeclaredMetric BODY_MATCH = DeclaredMetric.text("body_match");
    public static final DeclaredMetric BODY_MATCH_OF_KEY = DeclaredMetric.text("body_match_*");

    public static final CheckType TYPE = CheckType.named(
                    "remote.http", "HTTP", "Asks a web server, and follows redirects. Available if a response came.")
            .withFields(
                    URL,
                    METHOD,
                    BODY,
                    BODY_MATCHES,
                    HEADERS,
                    PAYLOAD,
                    FOLLOW_REDIRECTS,
                    AUTH_USER,
                    AUTH_PASSWORD,
                    INCLUDE_BODY)
            .withMetrics(CODE, BYTES, TRUNCATED, BODY_TEXT, BODY_MATCH, BODY_MATCH_OF_KEY)
            .withMetrics(ConnectionMetrics.TIMES)
            .withMetrics(ConnectionMetrics.CERTIFICATE);

    private RemoteHttp() {}

    private static Optional<String> objectionToMatchKey(String key) {
        return MATCH_KEY.matcher(key).matches()
                ? Optional.empty()
                : Optional.of("has other than letters, digits, blanks, '-' and '_'");
    }

    private static Optional<String> objectionToHeader(String name) {
        return RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))
                ? Optional.of(
                        "is set by the poller itself, as are " + String.join(", ", new TreeSet<>(RESERVED_HEADERS)))
                : Optional.empty();
    }
}
