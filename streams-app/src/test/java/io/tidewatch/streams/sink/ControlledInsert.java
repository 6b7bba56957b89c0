package io.tidewatch.streams.sink;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** An insert whose writes end when and as the test says. */
public final class ControlledInsert<V> implements Insert<V> {
    /** One attempt: a record, and what becomes of it. */
    public record Attempt<V>(V record, CompletableFuture<Void> outcome) {}

    private final List<Attempt<V>> attempts = new ArrayList<>();
    private final List<List<V>> requests = new ArrayList<>();
    private final Function<V, Optional<Object>> partition;
    private final Set<String> acknowledged = new HashSet<>();
    private boolean remembers;

    /** One whose rows are all sent alone. */
    public ControlledInsert() {
        this(record -> Optional.empty());
    }

    /**
     * @param partition where a record's row lies
     */
    public ControlledInsert(Function<V, Optional<Object>> partition) {
        this.partition = partition;
    }

    @Override
    public String table() {
        return "controlled";
    }

    /** Makes it one that lists: what was acknowledged from now on is known, and a record without a value is no record. */
    public void remembers() {
        remembers = true;
    }

    @Override
    public boolean isKnown(Consumed<V> record) {
        return remembers && (record.value() == null || acknowledged.contains(record.key()));
    }

    @Override
    public void acknowledged(Consumed<V> record) {
        if (remembers) {
            acknowledged.add(record.key());
        }
    }

    @Override
    public Write of(Consumed<V> record) {
        return new Row(record.present());
    }

    /** All attempts so far, in the order in which they were sent; a batch is that of its first record. */
    public List<Attempt<V>> attempts() {
        synchronized (attempts) {
            return List.copyOf(attempts);
        }
    }

    /** What each attempt has sent. */
    public List<List<V>> requests() {
        synchronized (attempts) {
            return List.copyOf(requests);
        }
    }

    private final class Row implements Write {
        private final V record;

        Row(V record) {
            this.record = record;
        }

        @Override
        public Optional<Object> partition() {
            return partition.apply(record);
        }

        /** The others are rows of this same insert. */
        @Override
        @SuppressWarnings("unchecked")
        public CompletionStage<Void> sendWith(List<Write> others) {
            List<V> sent = new ArrayList<>(List.of(record));
            others.forEach(other -> sent.add(((Row) other).record));
            Attempt<V> attempt = new Attempt<>(record, new CompletableFuture<>());
            synchronized (attempts) {
                attempts.add(attempt);
                requests.add(sent);
            }
            return attempt.outcome();
        }
    }
}
