package io.tidewatch.benchmarks.throughput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ComparisonTest {
    private final List<String> turns = new ArrayList<>();

    @Test
    void contendersTakeTurns() {
        compare(List.of());

        assertThat(turns).containsExactly("ROLLUPS 1", "BARE 1", "ROLLUPS 2", "BARE 2", "ROLLUPS 3", "BARE 3");
    }

    @Test
    void ratiosAreOfMediansAndBelowOneWhereTheFloorIsFaster() {
        Comparison comparison = compare(List.of());

        assertThat(comparison.perSecond(Contender.ROLLUPS)).isEqualTo(2_000);
        assertThat(comparison.ratioTo(Contender.BARE)).isEqualTo(0.25);
        assertThat(comparison.cpuRatioTo(Contender.BARE)).isEqualTo(0.5);
        assertThat(comparison.table())
                .contains("rollups               2000     1.00    20.00     1.00   1000, 2000, 3000")
                .contains("bare, RocksDB         8000     0.25    10.00     0.50   4000, 8000, 12000");
    }

    @Test
    void aFaultSaysWhose() {
        assertThat(compare(List.of("one is missing")).faults())
                .containsExactly("rollups: one is missing", "rollups: one is missing", "rollups: one is missing");
    }

    private Comparison compare(List<String> faultsOfRollups) {
        return Comparison.inTurns(
                List.of(Contender.ROLLUPS, Contender.BARE),
                3,
                (contender, round) -> {
                    turns.add(contender.name() + " " + round);
                    return contender == Contender.ROLLUPS
                            ? new Comparison.Run(1_000 * round, 20, faultsOfRollups)
                            : new Comparison.Run(4_000 * round, 10, List.of());
                },
                new PrintStream(new ByteArrayOutputStream(), true));
    }
}
