package io.tidewatch.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which page of a list is asked for. Pages are in the order of the ids; the marker is the first id that the page may have.
 *
 * <p>Source: the page on paginated collections of Rackspace Cloud Monitoring's manual.
 */
record PageRequest(int limit, Optional<String> marker) {
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    /**
     * @throws Fault when the limit is not one
     */
    static PageRequest of(Optional<String> limit, Optional<String> marker) {
        return new PageRequest(limit.map(PageRequest::limit).orElse(DEFAULT_LIMIT), marker);
    }

    /** How many items to look up: one more than the page holds, which tells whether there is a next page. */
    int lookAhead() {
        return limit + 1;
    }

    /**
     * The page as the API shows it.
     *
     * @param items up to {@link #lookAhead} items from the marker on, as objects with an {@code id}
     * @param listUrl the list's URL without a query
     */
    ObjectNode render(List<ObjectNode> items, String listUrl) {
        List<ObjectNode> shown = items.subList(0, Math.min(limit, items.size()));
        Optional<String> next = items.size() > limit
                ? Optional.of(items.get(limit).get(ResourceJson.ID).textValue())
                : Optional.empty();
        ObjectNode page = Json.MAPPER.createObjectNode();
        ArrayNode values = page.putArray("values");
        values.addAll(shown);
        page.putObject("metadata")
                .put("count", shown.size())
                .put("limit", limit)
                .put("marker", marker.orElse(null))
                .put("next_marker", next.orElse(null))
                .put(
                        "next_href",
                        next.map(id -> listUrl + "?limit=" + limit + "&marker=" + id)
                                .orElse(null));
        return page;
    }

    private static int limit(String text) {
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= MAX_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException e) {
            // Not a number is as bad as a number out of range: said below.
        }
        throw new Fault(
                FaultType.INVALID_LIMIT,
                "limit: has to be an integer from 1 to " + MAX_LIMIT,
                Map.of("field", "limit", "limit", text));
    }
}
