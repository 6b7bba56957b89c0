package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a check's {@code details} may say, by the check's type. The remote types are those that the poller runs; any other
 * type is an agent's, whose details only have to be plain.
 *
 * <p>Source: the check type reference of Rackspace Cloud Monitoring's manual, for names and limits.
 */
final class CheckDetails {
    private static final String FIELD = "details";
    private static final int MAX_PAIRS = 256;
    private static final int MAX_KEY_CHARS = 255;
    private static final int MAX_AGENT_VALUE_CHARS = 8096;
    private static final int MAX_URL_CHARS = 8096;
    private static final int MAX_PATTERN_CHARS = 255;
    private static final int MAX_CREDENTIAL_CHARS = 255;
    private static final int MAX_SENT_CHARS = 1024;
    private static final int MAX_BODY_MATCHES = 4;
    private static final int MAX_BODY_MATCH_KEY_CHARS = 50;
    private static final int MAX_HEADERS = 10;
    private static final int MAX_PORT = 65535;
    private static final int MAX_PINGS = 15;

    private static final Set<String> HTTP_FIELDS = Set.of(
            "url",
            "method",
            "body",
            "body_matches",
            "headers",
            "payload",
            "follow_redirects",
            "auth_user",
            "auth_password",
            "include_body");
    private static final Set<String> TCP_FIELDS = Set.of("port", "banner_match", "send_body", "body_match", "ssl");
    private static final Set<String> PING_FIELDS = Set.of("count");

    /** Headers that the poller's own connection decides. */
    private static final Set<String> RESERVED_HEADERS =
            Set.of("content-length", "user-agent", "host", "connection", "keep-alive", "transfer-encoding", "upgrade");

    private static final Pattern HEADER_NAME = Pattern.compile("[-!#$%&'*+.^_`|~0-9A-Za-z]+");
    private static final Pattern BODY_MATCH_KEY = Pattern.compile("[-_ a-zA-Z0-9]+");

    private CheckDetails() {}

    /**
     * Reads the field {@code details}.
     *
     * @return the values of the Avro field
     */
    static Map<String, Object> read(CheckType type, JsonFields check) {
        ObjectNode details = check.object(FIELD, MAX_PAIRS).orElseGet(Json.MAPPER::createObjectNode);
        switch (type.name()) {
            case CheckType.HTTP -> validateHttp(fields(details, HTTP_FIELDS));
            case CheckType.TCP -> validateTcp(fields(details, TCP_FIELDS));
            case CheckType.PING -> fields(details, PING_FIELDS).integer("count", 1, MAX_PINGS);
            default -> check.pairs(FIELD, MAX_PAIRS, MAX_KEY_CHARS);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        details.properties().forEach(pair -> {
            if (!pair.getValue().isNull()) {
                values.put(pair.getKey(), plain(pair.getKey(), pair.getValue()));
            }
        });
        return values;
    }

    private static void validateHttp(JsonFields http) {
        String url = http.requiredText("url", 1, MAX_URL_CHARS);
        if (!isHttpUrl(url)) {
            throw http.bad("url", "has to be an absolute http or https URL with a host, without user and password");
        }
        http.oneOf("method", HttpMethod.class);
        pattern(http, "body");
        http.texts("body_matches", MAX_BODY_MATCHES, MAX_BODY_MATCH_KEY_CHARS, MAX_PATTERN_CHARS)
                .forEach((key, pattern) -> {
                    if (!BODY_MATCH_KEY.matches(key)) {
                        throw http.bad(
                                "body_matches." + key, "has a key with other than letters, digits, space, _ and -");
                    }
                    requirePattern(http, "body_matches." + key, pattern);
                });
        http.texts("headers", MAX_HEADERS, MAX_KEY_CHARS, MAX_SENT_CHARS)
                .forEach((name, value) -> validateHeader(http, name, value));
        http.text("payload", 0, MAX_SENT_CHARS);
        http.flag("follow_redirects");
        http.text("auth_user", 1, MAX_CREDENTIAL_CHARS);
        http.text("auth_password", 1, MAX_CREDENTIAL_CHARS);
        http.flag("include_body");
    }

    private static void validateTcp(JsonFields tcp) {
        tcp.requiredInteger("port", 1, MAX_PORT);
        pattern(tcp, "banner_match");
        tcp.text("send_body", 0, MAX_SENT_CHARS);
        pattern(tcp, "body_match");
        tcp.flag("ssl");
    }

    private static void validateHeader(JsonFields http, String name, String value) {
        if (!HEADER_NAME.matches(name)) {
            throw http.bad("headers." + name, "is not a header name");
        }
        if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw http.bad(
                    "headers." + name,
                    "is set by the poller itself, as are " + String.join(", ", new TreeSet<>(RESERVED_HEADERS)));
        }
        if (value.chars().anyMatch(c -> Character.isISOControl(c) && c != '\t')) {
            throw http.bad("headers." + name, "has a control character in its value");
        }
    }

    private static void pattern(JsonFields fields, String name) {
        fields.text(name, 1, MAX_PATTERN_CHARS).ifPresent(text -> requirePattern(fields, name, text));
    }

    private static void requirePattern(JsonFields fields, String name, String text) {
        try {
            Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            throw fields.bad(name, "is not a regular expression in RE2 syntax: " + e.getMessage());
        }
    }

    private static boolean isHttpUrl(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getPort() <= MAX_PORT;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static JsonFields fields(ObjectNode details, Set<String> known) {
        return new JsonFields(details, FIELD + ".", known);
    }

    private static Object plain(String name, JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue();
        } else if (value.isIntegralNumber() && value.canConvertToLong()) {
            return value.longValue();
        } else if (value.isNumber() && Double.isFinite(value.doubleValue())) {
            return value.doubleValue();
        } else if (value.isTextual() && value.textValue().length() <= MAX_AGENT_VALUE_CHARS) {
            return value.textValue();
        } else if (value.isObject()) {
            ObjectNode holder = Json.MAPPER.createObjectNode();
            holder.set(name, value);
            return fields(holder, Set.of(name)).texts(name, MAX_PAIRS, MAX_KEY_CHARS, MAX_AGENT_VALUE_CHARS);
        }
        throw Fault.badField(
                FIELD + "." + name,
                "has to be true, false, a number, a string of at most " + MAX_AGENT_VALUE_CHARS
                        + " characters, or an object of such strings");
    }

    private enum HttpMethod {
        HEAD,
        GET,
        POST,
        PUT,
        DELETE,
        INFO
    }
}
