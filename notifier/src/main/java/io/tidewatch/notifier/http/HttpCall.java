package io.tidewatch.notifier.http;

import io.tidewatch.checks.field.HttpUrl;
import java.util.Map;

/**
 * A POST request to a receiver. Its URL and its headers may be secrets, and appear in no text.
 *
 * @param url as its owner gave it
 * @param headers by their names; Content-Type among them
 * @param body what is sent, in UTF-8
 */
public record HttpCall(HttpUrl url, Map<String, String> headers, String body) {
    public HttpCall {
        headers = Map.copyOf(headers);
    }

    /** Where it goes, without what may be secret. */
    String target() {
        return (url.secure() ? "https://" : "http://") + url.authority();
    }

    @Override
    public String toString() {
        return "POST " + target() + ", " + body.length() + " characters";
    }
}
