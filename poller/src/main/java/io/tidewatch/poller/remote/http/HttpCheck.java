package io.tidewatch.poller.remote.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import io.tidewatch.checks.field.Details;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.checks.remote.RemoteHttp;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@code remote.http} check is set to.
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
    /**
     * @throws io.tidewatch.checks.field.InvalidDetailsException naming the field that is missing or unfit
     */
    static HttpCheck of(Details details) {
        return new HttpCheck(
                details.get(RemoteHttp.URL),
                HttpMethod.valueOf(details.get(RemoteHttp.METHOD)),
                headers(details),
                details.get(RemoteHttp.PAYLOAD),
                details.get(RemoteHttp.FOLLOW_REDIRECTS),
                bodyMatches(details),
                details.get(RemoteHttp.INCLUDE_BODY));
    }

    private static Map<String, String> headers(Details details) {
        Map<String, String> headers =
                new HashMap<>(details.get(RemoteHttp.HEADERS).orElse(Map.of()));
        details.get(RemoteHttp.AUTH_USER).ifPresent(user -> {
            String credentials =
                    user + ":" + details.get(RemoteHttp.AUTH_PASSWORD).orElse("");
            headers.put(
                    HttpHeaderNames.AUTHORIZATION.toString(),
                    "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8)));
        });
        return Map.copyOf(headers);
    }

    private static List<BodyMatch> bodyMatches(Details details) {
        List<BodyMatch> matches = new ArrayList<>();
        details.get(RemoteHttp.BODY).ifPresent(pattern -> matches.add(new BodyMatch(RemoteHttp.BODY_MATCH, pattern)));
        details.get(RemoteHttp.BODY_MATCHES)
                .orElse(Map.of())
                .forEach((key, pattern) ->
                        matches.add(new BodyMatch(RemoteHttp.BODY_MATCH_OF_KEY.member(key), pattern)));
        return List.copyOf(matches);
    }
}
