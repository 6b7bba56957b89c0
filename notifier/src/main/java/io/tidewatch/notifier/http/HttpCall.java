package io.tidewatch.notifier.http;

import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.delivery.ReasonText;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A request to a receiver. Its URL and its headers may be secrets, and appear in no text.
 *
 * @param url as its owner gave it
 * @param headers by their names; Content-Type among them
 * @param body what is sent, in UTF-8
 * @param secrets what must not be shown to anybody, even if the receiver says it, beside the URL's path and query
 * @param proxy what it goes through
 */
public record HttpCall(
        HttpMethod method,
        HttpUrl url,
        Map<String, String> headers,
        String body,
        Set<String> secrets,
        ProxyChoice proxy) {
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[/?&=;]");

    /** Shorter parts of paths are words, as a rule. */
    private static final int FEWEST_SECRET_CHARS_OF_A_PART = 8;

    public HttpCall {
        headers = Map.copyOf(headers);
        secrets = Set.copyOf(secrets);
    }

    /** A call that goes through what calls usually go through. */
    public HttpCall(HttpMethod method, HttpUrl url, Map<String, String> headers, String body, Set<String> secrets) {
        this(method, url, headers, body, secrets, ProxyChoice.USUAL);
    }

    /** The same call through something else. */
    public HttpCall via(ProxyChoice other) {
        return new HttpCall(method, url, headers, body, secrets, other);
    }

    /** A POST without secrets other than in its URL. */
    public static HttpCall post(HttpUrl url, Map<String, String> headers, String body) {
        return new HttpCall(HttpMethod.POST, url, headers, body, Set.of());
    }

    /** Where it goes, without what may be secret. */
    public String target() {
        return (url.secure() ? "https://" : "http://") + url.authority();
    }

    /** What a receiver said, without what it must not tell. */
    String hide(String said) {
        Set<String> hidden = new HashSet<>(secrets);
        hidden.add(url.path());
        BETWEEN_PARTS
                .splitAsStream(url.path())
                .filter(part -> part.length() >= FEWEST_SECRET_CHARS_OF_A_PART)
                .flatMap(part -> Stream.of(part, decoded(part)))
                .forEach(hidden::add);
        return ReasonText.hide(said, hidden);
    }

    /** A receiver may say it as it has read it. */
    private static String decoded(String part) {
        try {
            return URLDecoder.decode(part, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return part;
        }
    }

    @Override
    public String toString() {
        return method + " " + target() + ", " + body.length() + " characters";
    }
}
