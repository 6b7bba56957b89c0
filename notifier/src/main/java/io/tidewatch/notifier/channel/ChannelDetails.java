package io.tidewatch.notifier.channel;

import io.tidewatch.channels.Proxy;
import io.tidewatch.checks.field.HttpUrl;
import io.tidewatch.notifier.http.ProxyChoice;
import io.tidewatch.notifier.http.ProxyServer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * The settings of one notification, its secrets opened. A value that is missing or empty counts as absent. Immutable. The only
 * class that knows how they are held.
 */
public final class ChannelDetails {
    private final Map<String, Object> values;

    /** @param values texts, lists of texts, and maps from texts to texts, by the names of fields */
    public ChannelDetails(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    String text(String name) {
        return optionalText(name).orElseThrow(() -> new UnfitDetailsException(name, "is missing"));
    }

    Optional<String> optionalText(String name) {
        Object value = values.getOrDefault(name, "");
        if (!(value instanceof String text)) {
            throw new UnfitDetailsException(name, "is not a text");
        }
        return Optional.of(text).filter(given -> !given.isEmpty());
    }

    HttpUrl url(String name) {
        return url(name, text(name));
    }

    /** At least one. */
    List<HttpUrl> urls(String name) {
        Object value = values.getOrDefault(name, List.of());
        if (!(value instanceof List<?> list) || list.isEmpty()) {
            throw new UnfitDetailsException(name, "are missing");
        }
        return list.stream().map(item -> url(name, String.valueOf(item))).toList();
    }

    Map<String, String> pairs(String name) {
        Object value = values.getOrDefault(name, Map.of());
        if (!(value instanceof Map<?, ?> map)) {
            throw new UnfitDetailsException(name, "are not pairs");
        }
        Map<String, String> pairs = new LinkedHashMap<>();
        map.forEach((key, text) -> pairs.put(String.valueOf(key), String.valueOf(text)));
        return pairs;
    }

    /** Through what its messages go. */
    ProxyChoice proxy() {
        Optional<String> given = optionalText(Proxy.PROXY.name());
        if (given.isEmpty()) {
            return ProxyChoice.USUAL;
        } else if (given.get().equals(Proxy.NONE)) {
            return ProxyChoice.NONE;
        }
        try {
            Optional<ProxyServer.Login> login = optionalText(Proxy.USER.name())
                    .map(user -> new ProxyServer.Login(
                            user, optionalText(Proxy.PASSWORD.name()).orElse("")));
            return new ProxyChoice.Given(new ProxyServer(Proxy.parse(given.get()), login));
        } catch (IllegalArgumentException e) {
            throw new UnfitDetailsException(Proxy.PROXY.name(), "is not the URL of a proxy");
        }
    }

    /** The names alone: values may be secrets. */
    @Override
    public String toString() {
        return "ChannelDetails" + new TreeSet<>(values.keySet());
    }

    static HttpUrl url(String name, String text) {
        try {
            return HttpUrl.parse(text);
        } catch (IllegalArgumentException e) {
            throw new UnfitDetailsException(name, "is not a URL");
        }
    }
}
