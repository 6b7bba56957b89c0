package io.tidewatch.gateway.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Which page of a list is asked for. Pages of resources are in the order of the ids; the marker is the first id that the page
 * may have. Pages of history are in the order of time, and their markers for this gateway alone to read.
 *
 * <p>Source: the page on paginated collections of Rackspace Cloud Monitoring's manual.
 */
public record PageRequest(int limit, Optional<String> marker) {
    private static final String ID = "id";
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    /** A page ends before the item that would make it longer, and the next one begins with that. Source: this API's own. */
    static final int MAX_BYTES = 1 << 20;

    /**
     * The page that the parameters {@code limit} and {@code marker} ask for.
     *
     * @throws Fault when the limit is not one
     */
    public static PageRequest of(QueryParameters query) {
        return of(query, DEFAULT_LIMIT, MAX_LIMIT);
    }

    /** As {@link #of(QueryParameters)}, of a list with limits of its own. */
    public static PageRequest of(QueryParameters query, int defaultLimit, int maxLimit) {
        int limit = query.one("limit").map(text -> limit(text, maxLimit)).orElse(defaultLimit);
        return new PageRequest(limit, query.one("marker"));
    }

    /** How many items to look up: one more than the page holds, which tells whether there is a next page. */
    public int lookAhead() {
        return limit + 1;
    }

    /**
     * The page as the API shows it, shorter than was asked for where its items are long.
     *
     * @param items up to {@link #lookAhead} items from the marker on, as objects with an {@code id}
     * @param list where the list is
     */
    public ObjectNode render(List<ObjectNode> items, Link list) {
        return render(items, item -> item.get(ID).textValue(), Function.identity(), list);
    }

    /**
     * As {@link #render(List, Link)}, for items of any kind.
     *
     * @param markerOf the marker of the page that begins with an item
     */
    public <T> ObjectNode render(List<T> items, Function<T, String> markerOf, Function<T, ObjectNode> json, Link list) {
        return render(items, items.size(), markerOf, json, list);
    }

    /**
     * As {@link #render(List, Function, Function, Link)}, where only the first items are known as a whole.
     *
     * @param whole how many of the items may be shown; those after them say where the next page begins
     */
    public <T> ObjectNode render(
            List<T> items, int whole, Function<T, String> markerOf, Function<T, ObjectNode> json, Link list) {
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode values = page.putArray("values");
        long bytes = 0;
        for (T item : items.subList(0, Math.min(limit, whole))) {
            ObjectNode value = json.apply(item);
            bytes += Json.bytes(value).length;
            if (!values.isEmpty() && bytes > MAX_BYTES) {
                break;
            }
            values.add(value);
        }
        int shown = values.size();
        Optional<String> next = items.size() > shown ? Optional.of(markerOf.apply(items.get(shown))) : Optional.empty();
        page.putObject("metadata")
                .put("count", shown)
                .put("limit", limit)
                .put("marker", marker.orElse(null))
                .put("next_marker", next.orElse(null))
                .put("next_href", next.map(id -> list.page(limit, id)).orElse(null));
        return page;
    }

    private static int limit(String text, int max) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= max) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Not a number is as bad as a number out of range: said below.
        }
        throw new Fault(
                FaultType.INVALID_LIMIT,
                "limit: has to be an integer from 1 to " + max,
                Map.of("field", "limit", "limit", text));
    }
}
