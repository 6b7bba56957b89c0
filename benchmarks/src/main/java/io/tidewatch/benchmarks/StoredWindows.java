package io.tidewatch.benchmarks;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchStatementBuilder;
import com.datastax.oss.driver.api.core.cql.DefaultBatchType;
import com.datastax.oss.driver.api.core.cql.PreparedStatement;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;

/** Five-minute rollups of some series, as many windows of each as a plot has points, up to {@code until}. */
record StoredWindows(int wanted, Instant until) {
    static final int WINDOWS = 1_440;

    private static final int IN_FLIGHT = 64;
    private static final int ROWS_A_BATCH = 36;

    int series() {
        return Math.max(1, wanted / WINDOWS);
    }

    int rows() {
        return series() * WINDOWS;
    }

    Instant from() {
        return until.minus(Resolution.MIN5.length().multipliedBy(WINDOWS));
    }

    /** In batches of one partition each. */
    void store(CqlSession session, List<PlotClient.Series> series) {
        PreparedStatement insert = session.prepare("INSERT INTO tidewatch.rollups_5m (tenant_id, entity_id, check_id,"
                + " zone_id, bucket, metric, window_start, unit, count, sum, min, max, mean, variance, first, first_at,"
                + " last, last_at, sketch) VALUES ('acme', ?, ?, '', ?, 'load', ?, 'percent', 10, ?, ?, ?, ?, 0.5, ?, ?,"
                + " ?, ?, ?)");
        Semaphore inFlight = new Semaphore(IN_FLIGHT);
        CompletableFuture<Void> failed = new CompletableFuture<>();
        for (PlotClient.Series one : series) {
            int index = 0;
            while (index < WINDOWS) {
                BatchStatementBuilder batch = new BatchStatementBuilder(DefaultBatchType.UNLOGGED);
                var bucket = Resolution.MIN5.bucket().of(start(index));
                int added = 0;
                while (added < ROWS_A_BATCH
                        && index < WINDOWS
                        && Resolution.MIN5.bucket().of(start(index)).equals(bucket)) {
                    batch = batch.addStatement(insert.bind(values(one, index)));
                    index++;
                    added++;
                }
                inFlight.acquireUninterruptibly();
                var unused = session.executeAsync(batch.build()).whenComplete((ok, failure) -> {
                    inFlight.release();
                    if (failure != null) {
                        failed.completeExceptionally(failure);
                    }
                });
                if (failed.isDone()) {
                    failed.join();
                }
            }
        }
        inFlight.acquireUninterruptibly(IN_FLIGHT);
        failed.complete(null);
        failed.join();
    }

    private Object[] values(PlotClient.Series series, int index) {
        Instant start = start(index);
        double value = Math.sin(index / 100.0);
        return new Object[] {
            series.entityId(),
            series.checkId(),
            Resolution.MIN5.bucket().of(start),
            start,
            value * 10,
            value - 1,
            value + 1,
            value,
            value - 1,
            start,
            value + 1,
            start.plus(Duration.ofMinutes(4)),
            sketch(value)
        };
    }

    private Instant start(int index) {
        return from().plus(Resolution.MIN5.length().multipliedBy(index));
    }

    private static ByteBuffer sketch(double value) {
        QuantileSketch sketch = new QuantileSketch();
        for (int each = 0; each < 10; each++) {
            sketch.add(value - 1 + each / 5.0);
        }
        return sketch.toProtobuf();
    }
}
