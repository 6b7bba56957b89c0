package io.tidewatch.poller.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.topics.CheckPath;
import java.time.Duration;
import java.time.Instant;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;

class SlotsTest {
    private static final long YEAR_2100_MS = 4_102_444_800_000L;

    @Property
    void theFirstSlotIsAfterNowAndWithinAPeriod(
            @ForAll @LongRange(min = 0, max = YEAR_2100_MS) long nowMs,
            @ForAll @IntRange(min = 1, max = 1800) int periodSeconds,
            @ForAll @AlphaChars @StringLength(min = 1, max = 10) String check) {
        Duration period = Duration.ofSeconds(periodSeconds);
        Slots slots = Slots.of(new CheckPath("t", "e", check), "mzdfw", period);
        Instant now = Instant.ofEpochMilli(nowMs);

        Instant first = slots.firstAfter(now);

        assertThat(first).isAfter(now).isBeforeOrEqualTo(now.plus(period));
        assertThat(slots.firstAfter(first.minusMillis(1))).isEqualTo(first);
    }

    @Property
    void slotsDoNotDriftHoweverLateTheTimerIs(
            @ForAll @LongRange(min = 0, max = YEAR_2100_MS) long startMs,
            @ForAll @IntRange(min = 1, max = 1800) int periodSeconds,
            @ForAll @IntRange(min = 0, max = 999) int lateMs) {
        Slots slots = Slots.of(new CheckPath("t", "e", "c"), "mzord", Duration.ofSeconds(periodSeconds));
        Instant first = slots.firstAfter(Instant.ofEpochMilli(startMs));
        Instant slot = first;

        for (int run = 0; run < 20; run++) {
            slot = slots.next(slot, slot.plusMillis(lateMs));
        }

        assertThat(slot).isEqualTo(first.plusSeconds(20L * periodSeconds));
    }

    @Example
    void phasesAreSpreadEvenly() {
        int checks = 60_000;
        int[] perSecond = new int[60];

        for (int i = 0; i < checks; i++) {
            Slots slots = Slots.of(new CheckPath("tenant", "en" + i % 500, "ch" + i), "mzdfw", Duration.ofMinutes(1));
            perSecond[(int) (slots.offsetMs() / 1000)]++;
        }

        // The chi-squared statistic with 59 degrees of freedom stays below 117.2 except once in 100 000 trials.
        double expected = checks / 60.0;
        double statistic = 0;
        for (int count : perSecond) {
            statistic += (count - expected) * (count - expected) / expected;
        }
        assertThat(statistic).isLessThan(117.2);
    }

    @Example
    void theZonesOfACheckHavePhasesOfTheirOwn() {
        CheckPath check = new CheckPath("t", "e", "c");

        assertThat(Slots.of(check, "mzdfw", Duration.ofMinutes(1)))
                .isEqualTo(Slots.of(check, "mzdfw", Duration.ofMinutes(1)))
                .isNotEqualTo(Slots.of(check, "mzord", Duration.ofMinutes(1)));
    }

    @Example
    void aTimerThatIsEarlyDoesNotGetItsSlotAgain() {
        Slots slots = new Slots(10_000, 3_000);
        Instant due = Instant.ofEpochMilli(1_003_000);

        assertThat(slots.next(due, due.minusMillis(1))).isEqualTo(due.plusSeconds(10));
        assertThat(slots.next(due, due.minusMillis(4_999))).isEqualTo(due.plusSeconds(10));
        assertThat(slots.next(due, due)).isEqualTo(due.plusSeconds(10));
    }

    @Example
    void aClockThatIsSetBackPlacesTheCheckAnew() {
        Slots slots = new Slots(10_000, 3_000);
        Instant due = Instant.ofEpochMilli(1_003_000);

        assertThat(slots.next(due, due.minusMillis(5_000))).isEqualTo(due);
        assertThat(slots.next(due, due.minusSeconds(3600))).isEqualTo(due.minusSeconds(3590));
    }

    @Example
    void aClockThatIsSetForwardSkipsWhatWasMissed() {
        Slots slots = new Slots(10_000, 3_000);
        Instant due = Instant.ofEpochMilli(1_003_000);

        assertThat(slots.next(due, due.plusSeconds(3600))).isEqualTo(due.plusSeconds(3610));
    }

    @Example
    void refusesAPhaseBeyondThePeriod() {
        assertThat(new Slots(1000, 999)).isNotNull();
        assertThatThrownBy(() -> new Slots(1000, 1000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Slots(0, 0)).isInstanceOf(IllegalArgumentException.class);
    }
}
