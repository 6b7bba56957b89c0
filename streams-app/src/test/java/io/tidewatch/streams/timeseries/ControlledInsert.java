package io.tidewatch.streams.timeseries;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** An insert whose writes end when and as the test says. */
public final class ControlledInsert<V> implements Insert<V> {
    /** One attempt: a record, and what becomes of it. */
    public record Attempt<V>(V record, CompletableFuture<Void> outcome) {}

    private final List<Attempt<V>> attempts = new ArrayList<>();

    @Override
    public String table() {
        return "controlled";
    }

    @Override
    public Write of(V record) {
        return () -> {
            Attempt<V> attempt = new Attempt<>(record, new CompletableFuture<>());
            synchronized (attempts) {
                attempts.add(attempt);
            }
            return attempt.outcome();
        };
    }

    /** All attempts so far, in the order in which they were sent. */
    public List<Attempt<V>> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }
}
