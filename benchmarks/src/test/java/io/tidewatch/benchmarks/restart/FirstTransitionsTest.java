package io.tidewatch.benchmarks.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FirstTransitionsTest {
    private static final Instant KILL = Instant.parse("2026-01-01T12:00:00Z");
    private static final long KILL_NANOS = 7_000;

    private final FirstTransitions firsts = new FirstTransitions();

    @Test
    void whatWasDecidedBeforeTheKillDoesNotCountHoweverLateItComes() {
        firsts.killed(KILL, KILL_NANOS);

        firsts.arrived(0, KILL.minusMillis(1), after(1));
        firsts.arrived(0, KILL, after(2));
        firsts.arrived(0, KILL.plusMillis(1), after(3));

        assertThat(firsts.first(List.of(0))).hasValue(Duration.ofSeconds(3));
    }

    @Test
    void theFirstIsOfAnyPartitionAskedForAndTheLastCompletesThem() {
        firsts.killed(KILL, KILL_NANOS);

        firsts.arrived(5, KILL.plusMillis(1), after(1));
        firsts.arrived(1, KILL.plusMillis(1), after(4));
        firsts.arrived(1, KILL.plusMillis(2), after(5));
        firsts.arrived(0, KILL.plusMillis(1), after(6));

        assertThat(firsts.first(List.of(0, 1))).hasValue(Duration.ofSeconds(4));
        assertThat(firsts.onEach(List.of(0, 1))).hasValue(Duration.ofSeconds(6));
    }

    @Test
    void isNotOnEachWhileOneIsMissing() {
        firsts.killed(KILL, KILL_NANOS);

        firsts.arrived(0, KILL.plusMillis(1), after(1));

        assertThat(firsts.hasEach(List.of(0, 1))).isFalse();
        assertThat(firsts.onEach(List.of(0, 1))).isEmpty();
        assertThat(firsts.first(List.of(1))).isEmpty();
    }

    @Test
    void theNextKillBeginsAnew() {
        firsts.killed(KILL, KILL_NANOS);
        firsts.arrived(0, KILL.plusMillis(1), after(1));

        firsts.killed(KILL.plusSeconds(60), after(60));

        assertThat(firsts.first(List.of(0))).isEmpty();
        assertThat(firsts.newest()).isEqualTo(KILL.plusMillis(1));
    }

    @Test
    void nothingCountsBeforeTheFirstKill() {
        firsts.arrived(0, KILL, after(0));

        assertThat(firsts.hasEach(List.of(0))).isFalse();
        assertThat(firsts.newest()).isEqualTo(KILL);
    }

    private static long after(int seconds) {
        return KILL_NANOS + Duration.ofSeconds(seconds).toNanos();
    }
}
