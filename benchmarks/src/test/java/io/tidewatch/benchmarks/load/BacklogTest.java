package io.tidewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BacklogTest {
    private static final Instant END = Instant.parse("2026-01-01T12:00:00Z");

    private final Fleet fleet = Fleet.alike(100, 50);
    private final Backlog backlog = new Backlog(fleet, 10_000, END);

    @Test
    void endsAtItsEndWithATurnOfEachCheckEveryTenSeconds() {
        assertThat(backlog.begin()).isEqualTo(END.minusSeconds(1_000));
        assertThat(backlog.timestamp(0)).isEqualTo(backlog.begin());
        assertThat(backlog.timestamp(100)).isEqualTo(backlog.begin().plusSeconds(10));
        assertThat(Duration.between(backlog.timestamp(9_999), END)).isEqualTo(Duration.ofMillis(100));
    }

    @Test
    void announcesEachTransitionOnce() {
        Transitions transitions = new Transitions();

        backlog.announce(transitions);

        // Of each check the first state, and then one in fifty of 100 turns, give or take where a check's first one
        // lies.
        assertThat(transitions.expected()).isBetween(250L, 350L);
        assertThat(transitions.complete()).isFalse();
    }
}
