package io.tidewatch.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LagWatchTest {
    private final SetClock clock = new SetClock();
    private final SetOffsets offsets = new SetOffsets();
    private final LagWatch watch = new LagWatch(offsets, 2, clock);

    @AfterEach
    void close() {
        watch.close();
    }

    @Test
    void goesOnWhileWhatWasThereAtOneLookIsCommittedAtTheNext() {
        offsets.set(new long[] {5, 0}, new long[] {0, 0});
        look();
        offsets.set(new long[] {9, 0}, new long[] {5, 0});

        look();
        look();

        assertThat(watch.elapsedMs(0)).isEqualTo(1000);
        assertThat(watch.elapsedMs(1)).isEqualTo(2000);
    }

    @Test
    void standsStillWhereTheApplicationIsBehind() {
        offsets.set(new long[] {5, 5}, new long[] {4, 5});

        look();
        look();

        assertThat(watch.elapsedMs(0)).isZero();
        assertThat(watch.elapsedMs(1)).isEqualTo(1000);
    }

    @Test
    void doesNotCountATimeInWhichKafkaDidNotAnswer() {
        look();
        look();
        offsets.away = true;
        look();
        offsets.away = false;

        look();
        assertThat(watch.elapsedMs(0)).isEqualTo(1000);
        look();

        assertThat(watch.elapsedMs(0)).isEqualTo(2000);
    }

    @Test
    void doesNotCountATimeInWhichTheProcessWasHeldUp() {
        look();
        clock.now = clock.now.plus(Duration.ofMinutes(5));

        look();
        look();

        assertThat(watch.elapsedMs(0)).isEqualTo(1000);
    }

    @Test
    void doesNotGoBackWithTheMachinesClock() {
        look();
        clock.now = clock.now.minus(Duration.ofMinutes(5));

        look();

        assertThat(watch.elapsedMs(0)).isZero();
    }

    private void look() {
        clock.now = clock.now.plusSeconds(1);
        watch.look();
    }

    private static final class SetOffsets implements LagWatch.Offsets {
        private long[] ends = {0, 0};
        private long[] committed = {0, 0};
        private boolean away;

        void set(long[] newEnds, long[] newCommitted) {
            ends = newEnds;
            committed = newCommitted;
        }

        @Override
        public long[] ends() {
            return answer(ends);
        }

        @Override
        public long[] committed() {
            return answer(committed);
        }

        @Override
        public void close() {}

        private long[] answer(long[] offsets) {
            if (away) {
                throw new IllegalStateException("away");
            }
            return offsets;
        }
    }

    private static final class SetClock extends Clock {
        private Instant now = Instant.parse("2026-01-01T00:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
