package io.tidewatch.streams.alarm.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.InMemorySchemaRegistry;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ZoneMemoriesTest {
    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final int MAX_RECORD_BYTES = 900 * 1024;

    @Test
    void carriesAnEarlierValueThatTheNewestResultLacks() {
        ZoneMemory memory = after(after(null, 0, Map.of("m", "one"), Set.of("m")), 1, Map.of(), Set.of("m"));
        memory = after(memory, 2, Map.of(), Set.of("m"));

        assertThat(memory.getCarried()).containsExactly(Map.entry("m", new CarriedMetric("one", at(0))));
    }

    @Test
    void forgetsTheOldestOfWhatItCarriesBeyond256KiB() {
        String text = "\u20ac".repeat(4096);
        Set<String> remembered = new HashSet<>();
        ZoneMemory memory = null;
        for (int i = 100; i < 200; i++) {
            remembered.add("m" + i);
            memory = after(memory, i, Map.of("m" + i, text), Set.copyOf(remembered));
        }

        memory = after(memory, 200, Map.of(), remembered);

        assertThat(memory.getCarried()).hasSize(21).containsKey("m199").containsKey("m179");
    }

    /** Everything at its bound: it still is a record that Kafka takes. */
    @Test
    void fitsIntoARecordWhateverIsRemembered() {
        String text = "\u20ac".repeat(4096);
        Map<String, Object> full = new HashMap<>();
        for (int i = 0; i < 21; i++) {
            full.put("now" + i, text);
        }
        Set<String> remembered = new HashSet<>(full.keySet());
        for (int i = 0; i < 21; i++) {
            remembered.add("old" + i);
        }
        Map<String, Object> old = new HashMap<>();
        for (int i = 0; i < 21; i++) {
            old.put("old" + i, text);
        }
        ZoneMemory memory = after(after(null, 0, old, remembered), 1, full, remembered);
        String status = "\u20ac".repeat(128);
        for (int i = 100; i < 350; i++) {
            memory.getVotes().put("\u20ac".repeat(252) + i, new ZoneVote(State.OK, 1_000_000, State.OK, at(1), status));
        }

        byte[] bytes = new AvroSerde<>(new InMemorySchemaRegistry(), ZoneMemory.class)
                .serializer()
                .serialize("zones", memory);

        assertThat(memory.getCarried()).hasSize(21);
        assertThat(bytes).hasSizeBetween(MAX_RECORD_BYTES - 120 * 1024, MAX_RECORD_BYTES);
    }

    private static ZoneMemory after(
            @org.jspecify.annotations.Nullable ZoneMemory before,
            int second,
            Map<String, Object> metrics,
            Set<String> remembered) {
        Map<String, Metric> values = new HashMap<>();
        metrics.forEach((name, value) -> values.put(name, new Metric(value, null)));
        CheckResult result = CheckResult.newBuilder()
                .setResultId("r")
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setCheckType("remote.http")
                .setCollectorId("c")
                .setTimestamp(at(second))
                .setAvailable(true)
                .setStatus("")
                .setMetrics(values)
                .build();
        return ZoneMemories.after(before, result, remembered, new HashMap<>());
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }
}
