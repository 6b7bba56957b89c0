package io.tidewatch.standalone.local;

import io.tidewatch.operations.App;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * One of Tidewatch's own parts in this process.
 *
 * @param name what to call it on the console
 */
public record LocalPart(String name, App app) {
    /** Where its health and metrics are, once it has started. */
    public URI operations() {
        return URI.create("http://127.0.0.1:" + app.operationsPort());
    }

    /** Why only a restart can help it, in its own words; empty while it lives. It is asked here, and not over HTTP. */
    public Optional<String> deadBecause() {
        List<String> reasons = app.deadBecause();
        return reasons.isEmpty() ? Optional.empty() : Optional.of(name + ": " + String.join("; ", reasons));
    }
}
