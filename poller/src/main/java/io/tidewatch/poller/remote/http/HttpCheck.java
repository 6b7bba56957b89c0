package io.tidewatch.poller.remote.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.tidewatch.poller.probe.Details;
import io.tidewatch.poller.probe.InvalidCheckException;
import io.tidewatch.poller.probe.SearchPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The settings of a {@code remote.http} check. Source of names and limits: the check types of Rackspace Cloud Monitoring.
 *
 * @param headers what its owner adds to requests, credentials included; they stay with the origin of {@code url}
 */
record HttpCheck(
        HttpUrl url,
        HttpMethod method,
        Map<String, String> headers,
        Optional<String> payload,
        boolean followRedirects,
        List<BodyMatch> bodyMatches,
        boolean includeBody) {
    private static final Set<String> METHODS = Set.of("HEAD", "GET", "POST", "PUT", "DELETE", "INFO");
    private static final Set<String> RESERVED_HEADERS =
            Set.of("connection", "content-length", "host", "keep-alive", "transfer-encoding", "upgrade", "user-agent");
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,255}");
    private static final Pattern MATCH_KEY = Pattern.compile("[-_ a-zA-Z0-9]{1,50}");
    private static final int MAX_HEADERS = 10;
    private static final int MAX_BODY_MATCHES = 4;
    private static final int MAX_PAYLOAD = 1024;
    private static final int MAX_CREDENTIAL = 255;

    /**
     * @throws InvalidCheckException naming the setting that is missing or unfit
     */
    static HttpCheck of(Details details) {
        return new HttpCheck(
                url(details),
                method(details),
                headers(details),
                details.optionalText("payload", MAX_PAYLOAD),
                details.flag("follow_redirects", true),
                bodyMatches(details),
                details.flag("include_body", false));
    }

    private static HttpUrl url(Details details) {
        try {
            return HttpUrl.parse(details.text("url", HttpUrl.MAX_LENGTH));
        } catch (IllegalArgumentException e) {
            throw new InvalidCheckException("details.url " + e.getMessage());
        }
    }

    private static HttpMethod method(Details details) {
        String method = details.optionalText("method", 10).orElse("GET");
        if (!METHODS.contains(method)) {
            throw new InvalidCheckException("details.method has to be one of "
                    + String.join(", ", METHODS.stream().sorted().toList()));
        }
        return HttpMethod.valueOf(method);
    }

    private static Map<String, String> headers(Details details) {
        Map<String, String> headers = new HashMap<>(details.texts("headers", MAX_HEADERS));
        headers.forEach(HttpCheck::requireSafe);
        details.optionalText("auth_user", MAX_CREDENTIAL).ifPresent(user -> {
            String credentials = user + ":"
                    + details.optionalText("auth_password", MAX_CREDENTIAL).orElse("");
            headers.put(
                    HttpHeaderNames.AUTHORIZATION.toString(),
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        });
        return Map.copyOf(headers);
    }

    private static void requireSafe(String name, String value) {
        if (!HEADER_NAME.matcher(name).matches() || RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            throw new InvalidCheckException("details.headers may not set '" + name + "'");
        }
        if (value.chars().anyMatch(character -> (character < ' ' && character != '\t') || character == 127)) {
            throw new InvalidCheckException("details.headers has control characters in the value of '" + name + "'");
        }
    }

    private static List<BodyMatch> bodyMatches(Details details) {
        List<BodyMatch> matches = new ArrayList<>();
        details.pattern("body").ifPresent(pattern -> matches.add(new BodyMatch("body_match", pattern)));
        details.texts("body_matches", MAX_BODY_MATCHES).forEach((key, expression) -> {
            if (!MATCH_KEY.matcher(key).matches()) {
                throw new InvalidCheckException("details.body_matches has the key '" + key
                        + "', but keys have 1 to 50 letters, digits, blanks, '-' and '_'");
            }
            matches.add(new BodyMatch(
                    "body_match_" + key, SearchPattern.compile("details.body_matches." + key, expression)));
        });
        return List.copyOf(matches);
    }
}
