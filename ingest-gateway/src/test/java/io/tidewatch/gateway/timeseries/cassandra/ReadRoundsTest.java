package io.tidewatch.gateway.timeseries.cassandra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.timeseries.TimeSeriesUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReadRoundsTest {
    private final ReadRounds rounds = new ReadRounds(Duration.ofMillis(100));

    @Test
    void asksAllPartitionsOfARoundBeforeOneHasAnswered() {
        List<CompletableFuture<List<Integer>>> asked = new ArrayList<>();
        List<Supplier<CompletionStage<List<Integer>>>> partitions = IntStream.range(0, 32)
                .<Supplier<CompletionStage<List<Integer>>>>mapToObj(index -> () -> {
                    asked.add(new CompletableFuture<>());
                    if (asked.size() == 32) {
                        IntStream.range(0, 32).forEach(each -> asked.get(each).complete(List.of(each)));
                    }
                    return asked.get(index);
                })
                .toList();

        assertThat(rounds.read(partitions, 100))
                .isEqualTo(IntStream.range(0, 32).boxed().toList());
    }

    @Test
    void asksNoFurtherRoundThanItNeeds() {
        List<Integer> asked = new ArrayList<>();
        List<Supplier<CompletionStage<List<Integer>>>> partitions = IntStream.range(0, 100)
                .<Supplier<CompletionStage<List<Integer>>>>mapToObj(index -> () -> {
                    asked.add(index);
                    return CompletableFuture.completedFuture(List.of(index));
                })
                .toList();

        assertThat(rounds.read(partitions, 32)).hasSize(32);
        assertThat(asked).hasSize(32);
        assertThat(rounds.read(partitions, 33)).hasSize(33).endsWith(32);
        assertThat(asked).hasSize(32 + 64);
    }

    @Test
    void givesUpOnWhatIsSlowOrFails() {
        Supplier<CompletionStage<List<Integer>>> slow = CompletableFuture::new;
        Supplier<CompletionStage<List<Integer>>> failing =
                () -> CompletableFuture.failedFuture(new IllegalStateException("node down"));

        assertThatThrownBy(() -> rounds.read(List.of(slow), 1))
                .isInstanceOf(TimeSeriesUnavailableException.class)
                .hasMessage("Time series can't be read now: Cassandra takes longer than 100 ms");
        assertThatThrownBy(() -> rounds.read(List.of(failing), 1))
                .isInstanceOf(TimeSeriesUnavailableException.class)
                .hasMessage("Time series can't be read now: Cassandra failed a read");
    }
}
