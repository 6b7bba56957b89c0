package io.tidewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class FlippingAlarmsTest {
    private static final int CHECKS = 1_000;
    private static final int TURNS_A_STATE = 20;

    private final FlippingAlarms story = new FlippingAlarms(CHECKS, 3, TURNS_A_STATE);

    @Test
    void checksTakeTurnsAndSoDoTheirZones() {
        assertThat(story.check(2_007)).isEqualTo(7);
        assertThat(List.of(story.zone(7), story.zone(1_007), story.zone(2_007), story.zone(3_007)))
                .containsExactly(0, 1, 2, 0);
    }

    @Test
    void theSecondZoneToSeeAStateDecides() {
        assertThat(decidingTurns(0)).containsExactly(1L, 21L, 41L);
        assertThat(decidingTurns(5)).containsExactly(1L, 16L, 36L, 56L);
    }

    @Test
    void aChangeBeforeAnythingIsDecidedDelaysTheFirstDecision() {
        assertThat(decidingTurns(19)).startsWith(2L, 22L);
        assertThat(decidingTurns(18)).startsWith(1L, 3L, 23L);
    }

    @Test
    void aTwentiethOfTheResultsDecidesOnceAllStatesAreKnown() {
        long decisions = LongStream.range(100 * CHECKS, 101 * CHECKS)
                .filter(story::decides)
                .count();

        assertThat(decisions).isEqualTo(CHECKS / TURNS_A_STATE);
    }

    @Test
    void theStoryIsForThreeZones() {
        assertThatIllegalArgumentException().isThrownBy(() -> new FlippingAlarms(CHECKS, 5, TURNS_A_STATE));
    }

    private List<Long> decidingTurns(int check) {
        return LongStream.range(0, 60)
                .filter(turn -> story.decides(turn * CHECKS + check))
                .boxed()
                .toList();
    }
}
