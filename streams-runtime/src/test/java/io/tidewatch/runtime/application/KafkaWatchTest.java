package io.tidewatch.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

final class KafkaWatchTest {
    private Instant now = Instant.EPOCH;
    private boolean away;
    private final KafkaWatch watch = new KafkaWatch(this::ask, () -> {}, new MovedClock());

    @Test
    void isUnreadyWhenKafkaHasNotAnsweredForMoreThanFiveSeconds() {
        watch.look();
        away = true;
        now = now.plusSeconds(5);
        watch.look();
        assertThat(watch.unreadyBecause()).isEmpty();

        now = now.plusMillis(1);
        assertThat(watch.unreadyBecause()).contains("Kafka has not answered for 5 s: away");
    }

    @Test
    void isReadyAgainWithTheFirstAnswer() {
        away = true;
        now = now.plus(Duration.ofMinutes(1));
        watch.look();
        assertThat(watch.unreadyBecause()).isPresent();

        away = false;
        watch.look();

        assertThat(watch.unreadyBecause()).isEmpty();
    }

    private void ask() {
        if (away) {
            throw new IllegalStateException("away");
        }
    }

    private final class MovedClock extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }
}
