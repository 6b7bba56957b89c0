package io.tidewatch.gateway.http;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a request's URL says after its question mark. */
public record QueryParameters(Map<String, List<String>> values) {
    /** The end of the year 9999: what comes later no table can hold, and is a unit mistaken. */
    private static final long LAST_MS = 253_402_300_799_999L;

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

    public boolean flag(String name) {
        return one(name)
                .map(text -> switch (text) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> throw Fault.badField(name, "has to be true or false");
                })
                .orElse(false);
    }

    public PageRequest page() {
        return PageRequest.of(one("limit"), one("marker"));
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
