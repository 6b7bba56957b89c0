package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.SimpleStatement;
import com.datastax.oss.driver.api.core.cql.Statement;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
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
    private final IdentityHashMap<Statement<?>, V> rows = new IdentityHashMap<>();
    private final Function<V, Optional<String>> partition;
    private final Set<String> acknowledged = new HashSet<>();
    private boolean remembers;
    private long bytesARow;

    /** One whose rows are all sent alone. */
    public ControlledInsert() {
        this(record -> Optional.empty());
    }

    /**
     * @param partition where a record's row lies
     */
    public ControlledInsert(Function<V, Optional<String>> partition) {
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

    /** Says from now on that each row has so many bytes. */
    public void bytesARow(long bytes) {
        bytesARow = bytes;
    }

    @Override
    public long bytes(BatchableStatement<?> statement) {
        return bytesARow;
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
    public SimpleStatement of(Consumed<V> record) {
        V row = record.present();
        SimpleStatement statement = SimpleStatement.newInstance("INSERT")
                .setRoutingKey(partition
                        .apply(row)
                        .map(key -> ByteBuffer.wrap(key.getBytes(StandardCharsets.UTF_8)))
                        .orElse(null));
        synchronized (attempts) {
            rows.put(statement, row);
        }
        return statement;
    }

    @Override
    public CompletionStage<Void> send(List<? extends BatchableStatement<?>> statements) {
        synchronized (attempts) {
            List<V> sent = statements.stream().map(rows::get).toList();
            Attempt<V> attempt = new Attempt<>(sent.get(0), new CompletableFuture<>());
            attempts.add(attempt);
            requests.add(sent);
            return attempt.outcome();
        }
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
}
