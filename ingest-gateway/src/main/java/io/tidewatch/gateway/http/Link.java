package io.tidewatch.gateway.http;

import io.javalin.http.Context;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The URL of a list and of its pages.
 *
 * @param url absolute, without a query
 * @param query what selects the list, beside limit and marker
 */
public record Link(String url, Map<String, List<String>> query) {
    public Link {
        query = new TreeMap<>(query);
    }

    /** The list that was asked for, with those parameters of the request. */
    public static Link to(Context ctx, String... parameters) {
        return new Link(Requests.url(ctx), QueryParameters.of(ctx).only(parameters));
    }

    /** The same with a parameter that the request had, or left to be chosen. */
    public Link with(String parameter, Object value) {
        Map<String, List<String>> more = new TreeMap<>(query);
        more.put(parameter, List.of(value.toString()));
        return new Link(url, more);
    }

    /** The URL of one of the list's pages. */
    String page(int limit, String marker) {
        Link page = with("marker", marker);
        String selection = page.query.entrySet().stream()
                .flatMap(parameter ->
                        parameter.getValue().stream().map(value -> "&" + parameter.getKey() + "=" + encode(value)))
                .collect(Collectors.joining());
        return url + "?limit=" + limit + selection;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
