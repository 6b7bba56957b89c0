package io.tidewatch.gateway.history;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.timeseries.StoredRollup;
import io.tidewatch.gateway.timeseries.StoredValue;
import io.tidewatch.timeseries.QuantileSketch;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A point of a plot. */
sealed interface PlotPoint {
    Instant timestamp();

    long numPoints();

    /** Empty where it can't be told, such as the rate of one value. */
    OptionalDouble tell(Statistic statistic);

    default ObjectNode write(Set<Statistic> selected) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("timestamp", timestamp().toEpochMilli());
        json.put(Statistic.NUM_POINTS.wireName(), numPoints());
        for (Statistic statistic : selected) {
            if (statistic != Statistic.NUM_POINTS) {
                OptionalDouble value = tell(statistic);
                boolean told = value.isPresent() && Double.isFinite(value.getAsDouble());
                json.put(statistic.wireName(), told ? Double.valueOf(value.getAsDouble()) : null);
            }
        }
        return json;
    }

    /** Points of values, each of which knows the next one, for its rate. */
    static List<PlotPoint> ofValues(List<StoredValue> values) {
        List<PlotPoint> points = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            points.add(new OfValue(
                    values.get(index),
                    index + 1 < values.size() ? Optional.of(values.get(index + 1)) : Optional.empty()));
        }
        return points;
    }

    private static OptionalDouble rate(double first, Instant firstAt, double last, Instant lastAt) {
        Duration between = Duration.between(firstAt, lastAt);
        return between.isZero()
                ? OptionalDouble.empty()
                : OptionalDouble.of((last - first) / (between.toMillis() / 1000.0));
    }

    /** A window. Its sketch is read when a quantile is first asked for. One thread at a time. */
    final class OfRollup implements PlotPoint {
        private final StoredRollup rollup;
        private @Nullable QuantileSketch sketch;

        OfRollup(StoredRollup rollup) {
            this.rollup = rollup;
        }

        @Override
        public Instant timestamp() {
            return rollup.windowStart();
        }

        @Override
        public long numPoints() {
            return rollup.count();
        }

        @Override
        public OptionalDouble tell(Statistic statistic) {
            return switch (statistic) {
                case NUM_POINTS -> OptionalDouble.of((double) rollup.count());
                case AVERAGE -> OptionalDouble.of(rollup.mean());
                case MIN -> OptionalDouble.of(rollup.min());
                case MAX -> OptionalDouble.of(rollup.max());
                case VARIANCE -> OptionalDouble.of(rollup.variance());
                case SUM -> OptionalDouble.of(rollup.sum());
                case FIRST -> OptionalDouble.of(rollup.first());
                case LAST -> OptionalDouble.of(rollup.last());
                case RATE -> PlotPoint.rate(rollup.first(), rollup.firstAt(), rollup.last(), rollup.lastAt());
                case P50 -> quantile(0.5);
                case P95 -> quantile(0.95);
                case P99 -> quantile(0.99);
            };
        }

        private OptionalDouble quantile(double quantile) {
            if (sketch == null && rollup.sketch().isPresent()) {
                sketch = QuantileSketch.ofProtobuf(rollup.sketch().get());
            }
            return sketch == null ? OptionalDouble.empty() : OptionalDouble.of(sketch.quantile(quantile));
        }
    }

    /** One value: it is its own average, extreme and quantile. */
    record OfValue(StoredValue point, Optional<StoredValue> next) implements PlotPoint {
        @Override
        public Instant timestamp() {
            return point.timestamp();
        }

        @Override
        public long numPoints() {
            return 1;
        }

        @Override
        public OptionalDouble tell(Statistic statistic) {
            return switch (statistic) {
                case NUM_POINTS -> OptionalDouble.of(1);
                case VARIANCE -> OptionalDouble.of(0);
                case RATE ->
                    next.map(then -> PlotPoint.rate(point.value(), point.timestamp(), then.value(), then.timestamp()))
                            .orElse(OptionalDouble.empty());
                case AVERAGE, MIN, MAX, SUM, FIRST, LAST, P50, P95, P99 -> OptionalDouble.of(point.value());
            };
        }
    }
}
