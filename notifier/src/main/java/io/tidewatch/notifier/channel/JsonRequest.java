package io.tidewatch.notifier.channel;

import com.fasterxml.jackson.databind.JsonNode;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.http.HttpCall;
import io.tidewatch.notifier.http.HttpMethod;
import io.tidewatch.notifier.payload.EventJson;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes requests with JSON in them. */
final class JsonRequest {
    private JsonRequest() {}

    static HttpCall post(HttpUrl url, JsonNode body, Set<String> secrets) {
        return of(HttpMethod.POST, url, Map.of(), EventJson.text(body), secrets);
    }

    /**
     * @param headers beside the usual ones, which they may replace
     * @param secrets what the receiver knows, and nobody else may be told
     * @throws UnfitDetailsException when a header can't be sent
     */
    static HttpCall of(HttpMethod method, HttpUrl url, Map<String, String> headers, String body, Set<String> secrets) {
        Map<String, String> all = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        // With a charset behind it, the CloudEvents library for JavaScript does not read the body.
        all.put("Content-Type", "application/json");
        all.put("User-Agent", "Tidewatch");
        headers.forEach((name, value) -> all.put(name, sendable(name, value)));
        return new HttpCall(method, url, all, body, secrets);
    }

    /** A line end in a header would begin another one. */
    private static String sendable(String name, String value) {
        if (name.isEmpty() || !name.chars().allMatch(JsonRequest::isOfName)) {
            throw new UnfitDetailsException("headers", "have a name with characters that no name has");
        }
        if (value.chars().anyMatch(character -> (character < ' ' && character != '\t') || character > '~')) {
            throw new UnfitDetailsException("header " + name, "has characters that no header has");
        }
        return value;
    }

    /** Source: RFC 9110, 5.6.2. */
    private static boolean isOfName(int character) {
        return character > ' ' && character < 127 && "\"(),/:;<=>?@[\\]{}".indexOf(character) < 0;
    }
}
