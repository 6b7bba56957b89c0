package io.tidewatch.streams.rollup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.tidewatch.schema.MetricRollup;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;

final class AccumulatorTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Series SERIES = new Series(new CheckPath("t", "en1", "ch1"), "mzdfw");

    @Example
    void rollsUpFiveValuesExactly() {
        Accumulator accumulator = of(List.of(4.0, 8.0, 1.0, 5.0, 2.0));

        MetricRollup rollup = accumulator.rollup(SERIES, "duration", Resolution.MIN5, START);

        assertThat(rollup.getCount()).isEqualTo(5);
        assertThat(rollup.getSum()).isEqualTo(20);
        assertThat(rollup.getMin()).isEqualTo(1);
        assertThat(rollup.getMax()).isEqualTo(8);
        assertThat(rollup.getMean()).isEqualTo(4);
        assertThat(rollup.getVariance()).isCloseTo(6, within(1e-12));
        assertThat(rollup.getFirst()).isEqualTo(4);
        assertThat(rollup.getFirstAt()).isEqualTo(START);
        assertThat(rollup.getLast()).isEqualTo(2);
        assertThat(rollup.getLastAt()).isEqualTo(START.plusSeconds(4));
        assertThat(rollup.getResolutionMinutes()).isEqualTo(5);
        assertThat(rollup.getWindowStart()).isEqualTo(START);
        assertThat(rollup.getZoneId()).isEqualTo("mzdfw");
        assertThat(rollup.getUnit()).isNull();
        assertThat(rollup.getSketch()).isNotNull();
    }

    @Example
    void keepsTheVarianceOfSmallDifferencesBetweenLargeValues() {
        Accumulator accumulator = of(List.of(1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16));

        assertThat(accumulator.rollup(SERIES, "m", Resolution.MIN5, START).getVariance())
                .isEqualTo(22.5);
    }

    @Example
    void takesTheUnitOfTheNewestValueThatNamesOne() {
        Accumulator accumulator = new Accumulator();
        accumulator.add(1, START.plusSeconds(2), "seconds");
        accumulator.add(1, START.plusSeconds(1), "milliseconds");
        accumulator.add(1, START.plusSeconds(3), null);

        assertThat(accumulator.rollup(SERIES, "m", Resolution.MIN5, START).getUnit())
                .isEqualTo("seconds");
    }

    @Example
    void refusesWhatIsNoFiniteNumber() {
        Accumulator accumulator = new Accumulator();

        for (double value :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.MAX_VALUE}) {
            assertThat(QuantileSketch.accepts(value)).isFalse();
            assertThatThrownBy(() -> accumulator.add(value, START, null)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(QuantileSketch.accepts(Double.MAX_VALUE / 2)).isTrue();
        assertThat(QuantileSketch.accepts(Double.MIN_VALUE)).isTrue();
    }

    @Property(tries = 300)
    void mergedPartsEqualTheWholeToTheLastDigitWhereValuesAreIntegers(
            @ForAll @NotEmpty List<@IntRange(min = -1_000_000, max = 1_000_000) Integer> values,
            @ForAll @IntRange(min = 0, max = 100) int percent) {
        List<Double> doubles = values.stream().map(Integer::doubleValue).toList();
        int cut = doubles.size() * percent / 100;
        Accumulator left = of(doubles.subList(0, cut), 0);
        Accumulator right = of(doubles.subList(cut, doubles.size()), cut);

        right.merge(left);

        MetricRollup merged = right.rollup(SERIES, "m", Resolution.MIN5, START);
        MetricRollup whole = of(doubles).rollup(SERIES, "m", Resolution.MIN5, START);
        assertThat(merged.getCount()).isEqualTo(values.size());
        assertThat(merged.getSum()).isEqualTo(whole.getSum());
        assertThat(merged.getMin()).isEqualTo(whole.getMin());
        assertThat(merged.getMax()).isEqualTo(whole.getMax());
        assertThat(merged.getFirst()).isEqualTo(doubles.get(0));
        assertThat(merged.getFirstAt()).isEqualTo(whole.getFirstAt());
        assertThat(merged.getLast()).isEqualTo(doubles.get(doubles.size() - 1));
        assertThat(merged.getLastAt()).isEqualTo(whole.getLastAt());
        assertThat(merged.getMean()).isCloseTo(whole.getMean(), within(1e-6));
        assertThat(merged.getVariance()).isCloseTo(whole.getVariance(), within(1e-6 * (1 + whole.getVariance())));
        assertThat(merged.getSketch()).isEqualTo(whole.getSketch());
    }

    @Property(tries = 200)
    void theOrderOfArrivalDoesNotMatter(
            @ForAll @NotEmpty List<@DoubleRange(min = -1e6, max = 1e6) Double> values, @ForAll Random random) {
        List<Integer> order = new ArrayList<>();
        for (int index = 0; index < values.size(); index++) {
            order.add(index);
        }
        Collections.shuffle(order, random);
        Accumulator shuffled = new Accumulator();
        order.forEach(index -> shuffled.add(values.get(index), START.plusSeconds(index), null));

        MetricRollup late = shuffled.rollup(SERIES, "m", Resolution.MIN5, START);
        MetricRollup ordered = of(values).rollup(SERIES, "m", Resolution.MIN5, START);
        assertThat(late.getFirst()).isEqualTo(ordered.getFirst());
        assertThat(late.getLast()).isEqualTo(ordered.getLast());
        assertThat(late.getMin()).isEqualTo(ordered.getMin());
        assertThat(late.getMax()).isEqualTo(ordered.getMax());
        assertThat(late.getSum()).isCloseTo(ordered.getSum(), within(1e-6));
        assertThat(late.getVariance()).isCloseTo(ordered.getVariance(), within(1e-6 * (1 + ordered.getVariance())));
    }

    @Property(tries = 100)
    void quantilesLieWithinOnePercentOfARankedValue(
            @ForAll @NotEmpty List<@DoubleRange(min = 0.01, max = 1e6) Double> values) {
        Accumulator accumulator = of(values);
        List<Double> sorted = values.stream().sorted().toList();

        for (double quantile : new double[] {0.5, 0.95, 0.99, 0.999}) {
            double exact = sorted.get((int) (quantile * (values.size() - 1)));
            assertThat(accumulator.quantile(quantile)).isCloseTo(exact, within(exact * 0.010_000_1));
        }
    }

    @Property(tries = 100)
    void isTheSameAfterItWasStored(@ForAll @NotEmpty List<@DoubleRange(min = -1e9, max = 1e9) Double> values) {
        Accumulator accumulator = of(values);
        StoreOutput out = new StoreOutput((byte) 0);
        accumulator.write(out, START.minusSeconds(7));

        StoreInput in = new StoreInput(out.toBytes());
        assertThat(in.readByte()).isZero();
        Accumulator read = Accumulator.read(in, START.minusSeconds(7));
        read.add(17, START.plusSeconds(10_000), "ms");

        accumulator.add(17, START.plusSeconds(10_000), "ms");
        assertThat(read.rollup(SERIES, "m", Resolution.MIN5, START))
                .isEqualTo(accumulator.rollup(SERIES, "m", Resolution.MIN5, START));
    }

    private static Accumulator of(List<Double> values) {
        return of(values, 0);
    }

    /** A value a second, from the given one on. */
    private static Accumulator of(List<Double> values, int fromSecond) {
        Accumulator accumulator = new Accumulator();
        for (int index = 0; index < values.size(); index++) {
            accumulator.add(values.get(index), START.plusSeconds(fromSecond + index), null);
        }
        return accumulator;
    }
}
