package io.tidewatch.gateway.http;

import io.javalin.http.Context;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a request's URL says after its question mark. Names are told apart without regard to case: clients send {@code ENTITYID}, too.
 */
public record QueryParameters(Map<String, List<String>> values) {
    /** The end of the year 9999: what comes later no table can hold, and is a unit mistaken. */
    static final long LAST_MS = 253_402_300_799_999L;

    public QueryParameters {
        Map<String, List<String>> anyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        values.forEach((name, given) ->
                anyCase.computeIfAbsent(name, unused -> new ArrayList<>()).addAll(given));
        values = Collections.unmodifiableMap(anyCase);
    }

    /** Those of a request. */
    public static QueryParameters of(Context ctx) {
        return new QueryParameters(ctx.queryParamMap());
    }

    /** Those with one of some names, by that name. */
    Map<String, List<String>> only(String... names) {
        Map<String, List<String>> found = new TreeMap<>();
        for (String name : names) {
            List<String> given = values.get(name);
            if (given != null) {
                found.put(name, given);
            }
        }
        return found;
    }

    /** The only value of a parameter; empty when it is not given. */
    public Optional<String> one(String name) {
        List<String> given = values.getOrDefault(name, List.of());
        if (given.size() > 1) {
            throw Fault.badField(name, "may be given once");
        }
        return given.stream().findFirst();
    }

    /** Every value of a parameter that may be repeated, and may hold several separated by commas. */
    public List<String> several(String name) {
        return values.getOrDefault(name, List.of()).stream()
                .flatMap(value -> Arrays.stream(value.split(",", -1)))
                .toList();
    }

    /**
     * @throws Fault when it is no time in milliseconds
     */
    public Optional<Instant> time(String name) {
        return one(name).map(text -> time(name, text));
    }

    /** Whether a parameter is {@code true}, in whatever case: Python's clients send {@code True}. */
    public boolean flag(String name) {
        return one(name)
                .map(text -> switch (text.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Fault.badField(name, "has to be true or false");
                })
                .orElse(false);
    }

    public PageRequest page() {
        return PageRequest.of(this);
    }

    public static Instant time(String name, String text) {
        try {
            long ms = Long.parseLong(text);
            if (ms >= 0 && ms <= LAST_MS) {
                return Instant.ofEpochMilli(ms);
            }
        } catch (NumberFormatException e) {
            // Not a number is as bad as a number out of range: said below.
        }
        throw Fault.badField(name, "has to be a time in milliseconds since 1970");
    }
}
