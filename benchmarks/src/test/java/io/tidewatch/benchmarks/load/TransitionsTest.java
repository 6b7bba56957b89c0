package io.tidewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class TransitionsTest {
    private final Transitions transitions = new Transitions();

    @Test
    void anArrivalIsTimedFromItsOwnDeparture() {
        transitions.departed("a", 1_000_000, true);
        transitions.departed("b", 2_000_000, true);
        transitions.arrived("b", 5_000_000);
        transitions.arrived("a", 9_000_000);

        assertThat(transitions.complete()).isTrue();
        assertThat(transitions.latencies().percentileMs(50)).isEqualTo(3);
        assertThat(transitions.latencies().percentileMs(100)).isEqualTo(8);
    }

    @Test
    void anArrivalOfTheWarmUpIsExpectedButNotTimed() {
        transitions.departed("a", 0, false);
        transitions.arrived("a", 1);

        assertThat(transitions.expected()).isEqualTo(1);
        assertThat(transitions.received()).isEqualTo(1);
        assertThat(transitions.latencies().count()).isZero();
    }

    @Test
    void aSecondDeliveryWasNotExpected() {
        transitions.departed("a", 0, true);
        transitions.arrived("a", 1);
        transitions.arrived("a", 2);

        assertThat(transitions.received()).isEqualTo(1);
        assertThat(transitions.unexpected()).isEqualTo(1);
    }

    @Test
    void isNotCompleteWhileOneIsOnItsWay() {
        transitions.departed("a", 0, true);

        assertThat(transitions.complete()).isFalse();
    }
}
