package io.tidewatch.benchmarks.application;

import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.sink.Consumed;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.sink.PermanentFailure;
import io.tidewatch.streams.sink.SinkTables;
import io.tidewatch.timeseries.CassandraConnection;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the driver can do at most: one thread that binds the sink's statements, on a session like the sink's, to records in
 * memory, and sends them in the sink's batches as long as no more are in flight than the sink allows itself. No Kafka,
 * no decoding, no bookkeeping; what fails for want of time is sent again.
 */
public final class BareDriver implements AutoCloseable {
    private static final long CONNECTED_WITHIN_SECONDS = 60;

    private final CompletableFuture<Inserts> inserts = new CompletableFuture<>();
    private final CompletableFuture<Void> failed = new CompletableFuture<>();
    private final AtomicLong acknowledged = new AtomicLong();
    private final CassandraConnection connection;
    private final int maxInFlight;

    public BareDriver(StreamsAppConfig config, Clock clock) {
        // Write times of alarm states, which nobody writes here, begin anywhere.
        SinkTables tables = new SinkTables(
                config.cassandra(), config.tables(), "benchmark", new UUID(0, 0), clock, inserts::complete);
        connection = new CassandraConnection(config.cassandra(), tables);
        maxInFlight = config.sinkWritesInFlight();
    }

    /** Returns when Cassandra is there and statements are prepared. */
    public Inserts connect() {
        connection.start();
        return inserts.orTimeout(CONNECTED_WITHIN_SECONDS, TimeUnit.SECONDS).join();
    }

    /** Begins to write on a thread of its own. */
    public <V> void start(Insert<V> insert, Iterable<List<V>> batches) {
        Thread thread = new Thread(() -> writeAll(insert, batches), "bare-driver");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * How many rows Cassandra has acknowledged.
     *
     * @throws java.util.concurrent.CompletionException when it refused one
     */
    public long acknowledged() {
        if (failed.isDone()) {
            failed.join();
        }
        return acknowledged.get();
    }

    @Override
    public void close() {
        connection.close();
    }

    private <V> void writeAll(Insert<V> insert, Iterable<List<V>> batches) {
        Semaphore room = new Semaphore(maxInFlight);
        for (List<V> batch : batches) {
            if (failed.isDone()) {
                return;
            }
            room.acquireUninterruptibly(batch.size());
            try {
                write(insert, batch, room);
            } catch (RuntimeException e) {
                failed.completeExceptionally(e);
            }
        }
    }

    private <V> void write(Insert<V> insert, List<V> batch, Semaphore room) {
        List<BatchableStatement<?>> rows = new ArrayList<>();
        batch.forEach(value -> rows.add(insert.of(new Consumed<>("", value, 0))));
        send(insert, rows, room);
    }

    private void send(Insert<?> insert, List<BatchableStatement<?>> rows, Semaphore room) {
        var unused = insert.send(rows).whenComplete((done, failure) -> {
            if (failure == null) {
                acknowledged.addAndGet(rows.size());
                room.release(rows.size());
            } else if (PermanentFailure.is(failure)) {
                failed.completeExceptionally(failure);
            } else {
                send(insert, rows, room);
            }
        });
    }
}
