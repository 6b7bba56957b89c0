package io.tidewatch.gateway.timeseries;

import io.tidewatch.gateway.Waits;
import io.tidewatch.gateway.timeseries.TransitionRange.Position;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;

/** Time series of the tenant acme in memory; they can be away. */
public final class InMemoryTimeSeries implements TimeSeries {
    public final Map<CheckPath, List<StoredMetric>> metrics = new HashMap<>();
    public final Map<Series, List<StoredMetric>> newestMetrics = new HashMap<>();
    public final Map<String, List<StoredRollup>> rollups = new HashMap<>();
    public final Map<String, List<StoredValue>> values = new HashMap<>();
    public final Map<String, List<StoredText>> texts = new HashMap<>();
    public final List<StoredTransition> transitions = new ArrayList<>();
    public final List<StoredAlarmState> alarmStates = new ArrayList<>();
    public final List<StoredSuppression> suppressions = new ArrayList<>();

    /** By {@code entity/alarm}. */
    public final Map<String, List<StoredAttempt>> attempts = new HashMap<>();

    /** Everything that was asked for, in words. */
    public final List<String> requests = new ArrayList<>();

    private volatile boolean away;
    private volatile CountDownLatch stalled = new CountDownLatch(0);

    public void beAway() {
        away = true;
    }

    /** From now on whoever reads waits. */
    public void stall() {
        stalled = new CountDownLatch(1);
    }

    /** Lets go on whoever waits. */
    public void goOn() {
        stalled.countDown();
    }

    @Override
    public List<StoredMetric> metrics(Map<Series, String> from, int limit) {
        asked("metrics from " + from.values() + " at most " + limit);
        return from.entrySet().stream()
                .flatMap(series -> metrics.getOrDefault(series.getKey().check(), List.of()).stream()
                        .filter(metric -> metric.zoneId().equals(series.getKey().zoneId()))
                        .filter(metric -> metric.name().compareTo(series.getValue()) >= 0)
                        .sorted(Comparator.comparing(StoredMetric::name))
                        .limit(limit))
                .toList();
    }

    @Override
    public List<StoredMetric> newestMetrics(Collection<Series> series, Instant now) {
        asked("newest metrics " + series);
        return series.stream()
                .flatMap(one -> newestMetrics.getOrDefault(one, List.of()).stream())
                .toList();
    }

    @Override
    public MetricPoints<StoredRollup> rollups(Resolution resolution, MetricRange range) {
        asked(resolution + " " + range.series().rollupKey(range.metric()));
        return points(rollups, StoredRollup::windowStart, range);
    }

    @Override
    public MetricPoints<StoredValue> values(MetricRange range) {
        asked("values " + range.series().rollupKey(range.metric()));
        return points(values, StoredValue::timestamp, range);
    }

    @Override
    public List<StoredText> texts(MetricRange range) {
        asked("texts " + range.series().rollupKey(range.metric()));
        return points(texts, StoredText::timestamp, range).points();
    }

    @Override
    public List<StoredTransition> transitions(TransitionRange range) {
        asked("transitions");
        Comparator<Position> order = range.order().positions();
        return transitions.stream()
                .filter(transition ->
                        range.entityId().map(transition.entityId()::equals).orElse(true))
                .filter(transition ->
                        range.alarmId().map(transition.alarmId()::equals).orElse(true))
                .filter(transition -> isWithin(transition.timestamp(), range.from(), range.until()))
                .filter(transition -> range.start()
                        .map(start -> order.compare(position(transition), start) >= 0)
                        .orElse(true))
                .sorted(Comparator.comparing(InMemoryTimeSeries::position, order))
                .limit(range.limit())
                .toList();
    }

    @Override
    public List<StoredAttempt> attempts(TransitionRange range, Optional<String> checkId) {
        asked("attempts");
        Comparator<Position> order = range.order().positions();
        Map<String, Integer> seen = new HashMap<>();
        String alarm = range.entityId().orElseThrow() + "/" + range.alarmId().orElseThrow();
        return attempts.getOrDefault(alarm, List.of()).stream()
                .filter(attempt ->
                        checkId.map(attempt.transition().checkId()::equals).orElse(true))
                .filter(attempt -> isWithin(attempt.transition().timestamp(), range.from(), range.until()))
                .filter(attempt -> range.start()
                        .map(start -> order.compare(position(attempt), start) >= 0)
                        .orElse(true))
                .sorted(Comparator.comparing((StoredAttempt attempt) -> position(attempt), order)
                        .thenComparing(StoredAttempt::timestamp, Comparator.reverseOrder()))
                .filter(attempt ->
                        seen.merge(attempt.transition().eventId(), 1, Integer::sum) <= MAX_ATTEMPTS_OF_A_TRANSITION)
                .limit(range.limit())
                .toList();
    }

    @Override
    public List<StoredSuppression> suppressions(TransitionRange range) {
        asked("suppressions");
        Comparator<Position> order = range.order().positions();
        return suppressions.stream()
                .filter(suppression ->
                        range.entityId().map(suppression.entityId()::equals).orElse(true))
                .filter(suppression ->
                        range.alarmId().map(suppression.alarmId()::equals).orElse(true))
                .filter(suppression -> isWithin(suppression.timestamp(), range.from(), range.until()))
                .filter(suppression -> range.start()
                        .map(start -> order.compare(position(suppression), start) >= 0)
                        .orElse(true))
                .sorted(Comparator.comparing(InMemoryTimeSeries::position, order))
                .limit(range.limit())
                .toList();
    }

    @Override
    public List<StoredAlarmState> alarmStates(String tenantId, Collection<String> entityIds) {
        asked("alarm states");
        return alarmStates.stream()
                .filter(state -> entityIds.contains(state.entityId()))
                .toList();
    }

    private <T> MetricPoints<T> points(Map<String, List<T>> from, Function<T, Instant> time, MetricRange range) {
        return new MetricPoints<>(
                metric(range.series(), range.metric()),
                from.getOrDefault(range.series().rollupKey(range.metric()), List.of()).stream()
                        .filter(point -> isWithin(time.apply(point), range.from(), range.until()))
                        .sorted(Comparator.comparing(time))
                        .limit(range.limit())
                        .toList());
    }

    private Optional<StoredMetric> metric(Series series, String name) {
        return metrics.getOrDefault(series.check(), List.of()).stream()
                .filter(metric ->
                        metric.zoneId().equals(series.zoneId()) && metric.name().equals(name))
                .findFirst();
    }

    private void asked(String request) {
        synchronized (requests) {
            requests.add(request);
        }
        Waits.until(stalled);
        if (away) {
            throw new TimeSeriesUnavailableException("Cassandra is not connected yet", "127.0.0.1:9042 refuses");
        }
    }

    private static boolean isWithin(Instant time, Instant from, Instant until) {
        return !time.isBefore(from) && time.isBefore(until);
    }

    private static Position position(StoredAttempt attempt) {
        return new Position(
                attempt.transition().timestamp(), attempt.transition().eventId());
    }

    private static Position position(StoredSuppression suppression) {
        return new Position(suppression.timestamp(), suppression.eventId());
    }

    private static Position position(StoredTransition transition) {
        return new Position(transition.timestamp(), transition.eventId());
    }
}
