package io.tidewatch.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ResultBoundsTest {
    /** Three bytes in UTF-8. */
    private static final String WIDE = "\u20ac";

    private static final int HALF_A_METRIC = 2000;

    @Test
    void takesAnIdOfEachKindUpToItsLengthAndNoLonger() {
        assertThat(ResultBounds.objection(withIds(0))).isEmpty();

        CheckResult tenant = withIds(0);
        tenant.setTenantId("t".repeat(65));
        assertThat(ResultBounds.objection(tenant)).contains("tenant_id has 65 characters, but may have at most 64");
        Stream.of("entity_id", "check_id", "zone_id", "collector_id", "result_id", "check_type")
                .forEach(field -> {
                    CheckResult result = withIds(0);
                    result.put(field, WIDE.repeat(256));
                    assertThat(ResultBounds.objection(result))
                            .contains(field + " has 256 characters, but may have at most 255");
                });
    }

    @Test
    void takesAnAgentsResultWithoutAZone() {
        CheckResult result = withIds(0);
        result.setZoneId(null);

        assertThat(ResultBounds.objection(result)).isEmpty();
    }

    @Test
    void takesAStatusOf256Characters() {
        CheckResult result = withIds(0);

        result.setStatus("s".repeat(256));
        assertThat(ResultBounds.objection(result)).isEmpty();
        result.setStatus("s".repeat(257));
        assertThat(ResultBounds.objection(result)).contains("status has 257 characters, but may have at most 256");
    }

    @Test
    void takes500Metrics() {
        assertThat(ResultBounds.objection(withIds(500))).isEmpty();
        assertThat(ResultBounds.objection(withIds(501))).contains("metrics are 501, but may be at most 500");
    }

    @Test
    void takesAMetricsNameOf1To128Characters() {
        assertThat(objectionTo("m".repeat(128), 1L, null)).isEmpty();
        assertThat(objectionTo("m".repeat(129), 1L, null))
                .isEqualTo("metrics have a name of 129 characters, but names have 1 to 128");
        assertThat(objectionTo("", 1L, null)).isEqualTo("metrics have a name of 0 characters, but names have 1 to 128");
    }

    @Test
    void takesATextOf4096CharactersAndAUnitOf64() {
        assertThat(objectionTo("m", "x".repeat(4096), "u".repeat(64))).isEmpty();
        assertThat(objectionTo("m", "x".repeat(4097), null))
                .isEqualTo("metric 'm' has 4097 characters, but may have at most 4096");
        assertThat(objectionTo("m", 1L, "u".repeat(65)))
                .isEqualTo("unit of the metric 'm' has 65 characters, but may have at most 64");
    }

    @Test
    void takesAResultOf256KiBAndNotAByteMore() {
        CheckResult result = withIds(500);
        int free = ResultBounds.MAX_BYTES - ResultBounds.bytes(result);
        for (int i = 0; free > HALF_A_METRIC; i++) {
            Metric before = result.getMetrics().put("m" + i, new Metric(WIDE.repeat(1000), null));
            assertThat(before).isNotNull();
            free = ResultBounds.MAX_BYTES - ResultBounds.bytes(result);
        }
        result.setMetrics(with(result, "last", "x".repeat(free)));
        assertThat(ResultBounds.bytes(result)).isEqualTo(262_144);
        assertThat(ResultBounds.objection(result)).isEmpty();

        result.setMetrics(with(result, "last", "x".repeat(free + 1)));
        assertThat(ResultBounds.objection(result))
                .contains("size is 262145 bytes as Avro, but may be at most 262144: send fewer or shorter metrics");
    }

    @Property(tries = 200)
    void isNeverLargerThanItMayBeWhenThereIsNoObjection(@ForAll("results") CheckResult result) {
        boolean accepted = ResultBounds.objection(result).isEmpty();

        assertThat(accepted).isEqualTo(ResultBounds.bytes(result) <= ResultBounds.MAX_BYTES);
    }

    /** Within all other bounds, and around the one of their size. */
    @Provide
    Arbitrary<CheckResult> results() {
        Arbitrary<String> texts = Combinators.combine(
                        Arbitraries.of("x", "\u00e9", WIDE, "\ud83d\ude00"),
                        Arbitraries.integers().between(0, 2048))
                .as(String::repeat);
        Arbitrary<Object> values = Arbitraries.oneOf(
                Arbitraries.longs(), Arbitraries.doubles(), texts, texts, Arbitraries.of(true, false));
        Arbitrary<Metric> metrics = Combinators.combine(
                        values, Arbitraries.of(WIDE.repeat(64), "ms").injectNull(0.5))
                .as(Metric::new);
        Arbitrary<String> names =
                Arbitraries.integers().between(0, 999).map(number -> number + WIDE.repeat(100 + number % 25));
        return Arbitraries.maps(names, metrics).ofMinSize(20).ofMaxSize(250).map(ResultBoundsTest::withMetrics);
    }

    private static String objectionTo(String name, Object value, @Nullable String unit) {
        return ResultBounds.objection(withMetrics(Map.of(name, new Metric(value, unit))))
                .orElse("");
    }

    /** Instead of a metric that is as long but for its text. */
    private static Map<String, Metric> with(CheckResult result, String name, String text) {
        Map<String, Metric> metrics = new HashMap<>(result.getMetrics());
        metrics.remove("m499");
        metrics.put(name, new Metric(text, null));
        return metrics;
    }

    private static CheckResult withIds(int metrics) {
        Map<String, Metric> numbers = new HashMap<>();
        for (int i = 0; i < metrics; i++) {
            numbers.put("m" + i, new Metric((long) i, null));
        }
        return withMetrics(numbers);
    }

    /** With all ids as long as they may be. */
    private static CheckResult withMetrics(Map<String, Metric> metrics) {
        String id = WIDE.repeat(255);
        return CheckResult.newBuilder()
                .setResultId(id)
                .setTenantId(WIDE.repeat(64))
                .setEntityId(id)
                .setCheckId(id)
                .setCheckType(id)
                .setZoneId(id)
                .setCollectorId(id)
                .setTimestamp(Instant.ofEpochMilli(Long.MAX_VALUE))
                .setReceivedAt(Instant.ofEpochMilli(Long.MIN_VALUE))
                .setAvailable(true)
                .setStatus("")
                .setMetrics(metrics)
                .build();
    }
}
