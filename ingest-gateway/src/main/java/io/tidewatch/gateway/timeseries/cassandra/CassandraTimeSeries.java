package io.tidewatch.gateway.timeseries.cassandra;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.gateway.timeseries.MetricPoints;
import io.tidewatch.gateway.timeseries.MetricRange;
import io.tidewatch.gateway.timeseries.StoredAlarmState;
import io.tidewatch.gateway.timeseries.StoredAttempt;
import io.tidewatch.gateway.timeseries.StoredMetric;
import io.tidewatch.gateway.timeseries.StoredRollup;
import io.tidewatch.gateway.timeseries.StoredSuppression;
import io.tidewatch.gateway.timeseries.StoredText;
import io.tidewatch.gateway.timeseries.StoredTransition;
import io.tidewatch.gateway.timeseries.StoredValue;
import io.tidewatch.gateway.timeseries.TimeSeries;
import io.tidewatch.gateway.timeseries.TimeSeriesUnavailableException;
import io.tidewatch.gateway.timeseries.TransitionRange;
import io.tidewatch.timeseries.CassandraConnection;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Time series in Cassandra. Connects on a thread of its own, however long that takes; until then, every read says that it
 * can't be done. Creates no table: that is the sink's part, and one that is missing is waited for.
 */
public final class CassandraTimeSeries implements TimeSeries, AutoCloseable {
    private final CassandraSettings settings;
    private final CassandraConnection connection;
    private final ReadRounds rounds;
    private volatile Optional<Selects> selects = Optional.empty();

    /** Connects to nothing yet. */
    public CassandraTimeSeries(CassandraSettings settings, Duration timeout) {
        this.settings = settings;
        this.rounds = new ReadRounds(timeout);
        this.connection = new CassandraConnection(settings, this::prepare);
    }

    public void start() {
        connection.start();
    }

    /** Whether reads have been prepared; the driver looks after its connections from then on. */
    public boolean isConnected() {
        return selects.isPresent();
    }

    @Override
    public List<StoredMetric> metrics(Map<Series, String> from, int limit) {
        SelectMetrics metrics = selects().metrics();
        return rounds.read(
                from.entrySet().stream()
                        .map(series -> metrics.from(series.getKey(), series.getValue(), limit))
                        .toList(),
                Integer.MAX_VALUE);
    }

    @Override
    public List<StoredMetric> newestMetrics(Collection<Series> series, Instant now) {
        SelectNewestMetrics newest = selects().newestMetrics();
        return rounds.read(
                series.stream().flatMap(one -> newest.of(one, now).stream()).toList(), Integer.MAX_VALUE);
    }

    @Override
    public MetricPoints<StoredRollup> rollups(Resolution resolution, MetricRange range) {
        return points(
                Objects.requireNonNull(selects().rollups().get(resolution)).in(range), range);
    }

    @Override
    public MetricPoints<StoredValue> values(MetricRange range) {
        return points(selects().values().in(range), range);
    }

    @Override
    public List<StoredText> texts(MetricRange range) {
        return rounds.read(selects().texts().in(range), range.limit());
    }

    @Override
    public List<StoredTransition> transitions(TransitionRange range) {
        return rounds.read(selects().transitions().in(range), range.limit());
    }

    @Override
    public List<StoredAttempt> attempts(TransitionRange range, Optional<String> checkId) {
        return rounds.read(selects().attempts().in(range, checkId), range.limit());
    }

    @Override
    public List<StoredSuppression> suppressions(TransitionRange range) {
        return rounds.read(selects().suppressions().in(range), range.limit());
    }

    @Override
    public List<StoredAlarmState> alarmStates(String tenantId, Collection<String> entityIds) {
        return rounds.read(selects().alarmStates().of(tenantId, entityIds), Integer.MAX_VALUE);
    }

    @Override
    public void close() {
        connection.close();
    }

    /** The metric's row is read in the same round as its points. */
    private <T> MetricPoints<T> points(List<Supplier<CompletionStage<List<T>>>> partitions, MetricRange range) {
        CompletionStage<List<StoredMetric>> metric =
                selects().metrics().of(range.series(), range.metric()).get();
        List<T> points = rounds.read(partitions, range.limit());
        List<Supplier<CompletionStage<List<StoredMetric>>>> asked = new ArrayList<>();
        asked.add(() -> metric);
        return new MetricPoints<>(rounds.read(asked, 1).stream().findFirst(), points);
    }

    private void prepare(CqlSession session) {
        selects = Optional.of(Selects.on(session, settings.keyspace()));
    }

    private Selects selects() {
        return selects.orElseThrow(() -> new TimeSeriesUnavailableException(
                "Cassandra is not connected yet",
                connection
                        .failedBecause()
                        .or(connection::waitingBecause)
                        .orElse("Cassandra is being asked for the first time")));
    }
}
