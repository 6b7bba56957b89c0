package io.tidewatch.notifier.http;

import io.tidewatch.checks.field.HttpUrl;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/**
 * An HTTP proxy. What goes to it is in the clear, but for what it carries to receivers over TLS.
 *
 * @param login empty when it asks nobody who they are
 */
public record ProxyServer(HttpUrl url, Optional<Login> login) {
    /** Who we are to it. */
    public record Login(String user, String password) {
        @Override
        public String toString() {
            return "Login[" + user + "]";
        }
    }

    /** Scheme, host and port. */
    public String name() {
        String host = url.host().indexOf(':') >= 0 ? "[" + url.host() + "]" : url.host();
        return "http://" + host + ":" + url.port();
    }

    /** What it knows, and nobody else may be told. */
    Set<String> secrets() {
        return login.map(known -> Set.of(
                        known.password(),
                        Base64.getEncoder()
                                .encodeToString(
                                        (known.user() + ":" + known.password()).getBytes(StandardCharsets.UTF_8))))
                .orElse(Set.of());
    }
}
