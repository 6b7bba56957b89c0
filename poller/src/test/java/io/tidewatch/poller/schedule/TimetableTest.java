package io.tidewatch.poller.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.topics.CheckPath;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimetableTest {
    private static final CheckPath PATH = new CheckPath("t", "en1", "ch1");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final long NANOS = Long.MAX_VALUE - 1_000; // the monotonic clock may wrap around

    private final Timetable timetable = new Timetable("mzdfw");
    private final Slots slots = Slots.of(PATH, "mzdfw", Duration.ofSeconds(60));
    private final Duration untilFirst = Duration.between(NOW, slots.firstAfter(NOW));

    @Test
    void aCheckIsDueAtItsFirstSlotAndNotBefore() {
        timetable.put(check(60), NOW, NANOS);

        assertThat(timetable.nanosToNext(NANOS)).hasValue(untilFirst.toNanos());
        assertThat(timetable.takeDue(at(untilFirst.minusNanos(1)), NANOS + untilFirst.toNanos() - 1))
                .isEmpty();
        assertThat(timetable.takeDue(at(untilFirst), NANOS + untilFirst.toNanos()))
                .singleElement()
                .satisfies(due -> assertThat(due.lateNanos()).isZero());
    }

    @Test
    void aCheckThatWasTakenIsDueAgainAPeriodLaterHoweverLateItWas() {
        timetable.put(check(60), NOW, NANOS);
        Duration late = untilFirst.plusMillis(700);

        assertThat(timetable.takeDue(at(late), NANOS + late.toNanos()))
                .singleElement()
                .satisfies(due -> assertThat(due.lateNanos()).isEqualTo(700_000_000));

        assertThat(timetable.nanosToNext(NANOS + late.toNanos()))
                .hasValue(Duration.ofMillis(59_300).toNanos());
    }

    @Test
    void anUnchangedPeriodKeepsTheSlotEvenOneThatIsOverdue() {
        timetable.put(check(60), NOW, NANOS);
        Duration overdue = untilFirst.plusMillis(5);
        ScheduledCheck changed = check(60);

        timetable.put(changed, at(overdue), NANOS + overdue.toNanos());

        assertThat(timetable.takeDue(at(overdue), NANOS + overdue.toNanos()))
                .singleElement()
                .satisfies(due -> assertThat(due.check()).isSameAs(changed));
        assertThat(timetable.size()).isOne();
    }

    @Test
    void anotherPeriodGetsASlotOfItsOwn() {
        timetable.put(check(60), NOW, NANOS);

        timetable.put(check(30), NOW, NANOS);

        Instant first = Slots.of(PATH, "mzdfw", Duration.ofSeconds(30)).firstAfter(NOW);
        assertThat(timetable.nanosToNext(NANOS))
                .hasValue(Duration.between(NOW, first).toNanos());
        assertThat(timetable.size()).isOne();
    }

    @Test
    void aRemovedCheckIsNotDue() {
        timetable.put(check(60), NOW, NANOS);

        timetable.remove(PATH);

        assertThat(timetable.takeDue(
                        at(Duration.ofHours(1)), NANOS + Duration.ofHours(1).toNanos()))
                .isEmpty();
        assertThat(timetable.nanosToNext(NANOS)).isEmpty();
        assertThat(timetable.size()).isZero();
    }

    @Test
    void slotsThatWereMissedAreNotMadeUpFor() {
        timetable.put(check(60), NOW, NANOS);
        Duration later = untilFirst.plusHours(1);

        assertThat(timetable.takeDue(at(later), NANOS + later.toNanos())).hasSize(1);

        assertThat(timetable.takeDue(at(later), NANOS + later.toNanos())).isEmpty();
        assertThat(timetable.nanosToNext(NANOS + later.toNanos()))
                .hasValue(Duration.ofSeconds(60).toNanos());
    }

    @Test
    void aClockThatIsSetBackDelaysACheckByAPeriodAtMost() {
        timetable.put(check(60), NOW, NANOS);
        Instant setBack = at(untilFirst).minusSeconds(7200);

        assertThat(timetable.takeDue(setBack, NANOS + untilFirst.toNanos())).hasSize(1);

        assertThat(timetable.nanosToNext(NANOS + untilFirst.toNanos()))
                .hasValue(Duration.ofSeconds(60).toNanos());
    }

    private static Instant at(Duration sinceNow) {
        return NOW.plus(sinceNow);
    }

    private static ScheduledCheck check(int periodSeconds) {
        Duration period = Duration.ofSeconds(periodSeconds);
        return new ScheduledCheck(PATH, "remote.tcp", period, Duration.ofSeconds(10), run -> {});
    }
}
