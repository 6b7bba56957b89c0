package io.tidewatch.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MaintenanceWindowTest {
    private static final Recurrence EVERY_DAY = Recurrence.Weekly.EVERY_DAY;

    /** The nights of both clock changes of 2026 in three zones, and an ordinary one. */
    @ParameterizedTest
    @CsvSource({
        // zone, local start, minutes, the day, begins, ends
        "Europe/Berlin,    02:30, 60,  2026-03-28, 2026-03-28T01:30:00Z, 2026-03-28T02:30:00Z",
        "Europe/Berlin,    02:30, 60,  2026-03-29, 2026-03-29T01:30:00Z, 2026-03-29T02:30:00Z",
        "Europe/Berlin,    02:30, 60,  2026-10-25, 2026-10-25T00:30:00Z, 2026-10-25T01:30:00Z",
        "America/Chicago,  02:30, 60,  2026-03-08, 2026-03-08T08:30:00Z, 2026-03-08T09:30:00Z",
        "America/Chicago,  01:30, 60,  2026-11-01, 2026-11-01T06:30:00Z, 2026-11-01T07:30:00Z",
        "Australia/Sydney, 02:30, 60,  2026-10-04, 2026-10-03T16:30:00Z, 2026-10-03T17:30:00Z",
        "Australia/Sydney, 02:30, 60,  2026-04-05, 2026-04-04T15:30:00Z, 2026-04-04T16:30:00Z",
        "Australia/Lord_Howe, 02:15, 60, 2026-10-04, 2026-10-03T15:45:00Z, 2026-10-03T16:45:00Z",
        "Australia/Lord_Howe, 01:45, 60, 2026-04-05, 2026-04-04T14:45:00Z, 2026-04-04T15:45:00Z",
        "America/New_York, 02:30, 60,  2026-03-08, 2026-03-08T07:30:00Z, 2026-03-08T08:30:00Z",
        "America/New_York, 01:30, 60,  2026-11-01, 2026-11-01T05:30:00Z, 2026-11-01T06:30:00Z",
        "Europe/Berlin,    22:00, 480, 2026-03-28, 2026-03-28T21:00:00Z, 2026-03-29T05:00:00Z",
        "Europe/Berlin,    22:00, 480, 2026-10-24, 2026-10-24T20:00:00Z, 2026-10-25T04:00:00Z",
    })
    void staysAtItsLocalTime(ZoneId zone, LocalTime start, int minutes, LocalDate day, Instant begins, Instant ends) {
        MaintenanceWindow window =
                new MaintenanceWindow(zone, start, Duration.ofMinutes(minutes), EVERY_DAY, day, Optional.of(day));

        assertThat(window.nextBegin(begins.minusSeconds(1))).contains(begins);
        assertThat(window.endAt(begins.minusMillis(1))).isEmpty();
        assertThat(window.endAt(begins)).contains(ends);
        assertThat(window.endAt(ends.minusMillis(1))).contains(ends);
        assertThat(window.endAt(ends)).isEmpty();
        assertThat(window.nextBegin(begins)).isEmpty();
    }

    @Test
    void aWindowPastMidnightBelongsToTheDayOnWhichItBegins() {
        MaintenanceWindow saturdays = new MaintenanceWindow(
                ZoneId.of("UTC"),
                LocalTime.of(23, 0),
                Duration.ofHours(2),
                new Recurrence.Weekly(Set.of(DayOfWeek.SATURDAY)),
                LocalDate.EPOCH,
                Optional.empty());

        assertThat(saturdays.endAt(Instant.parse("2026-11-29T00:30:00Z")))
                .contains(Instant.parse("2026-11-29T01:00:00Z"));
        assertThat(saturdays.endAt(Instant.parse("2026-11-28T00:30:00Z"))).isEmpty();
        assertThat(saturdays.nextBegin(Instant.parse("2026-11-29T00:30:00Z")))
                .contains(Instant.parse("2026-12-05T23:00:00Z"));
    }

    @Test
    void theLongestOneIsNeverOver() {
        MaintenanceWindow always = new MaintenanceWindow(
                ZoneId.of("UTC"),
                LocalTime.of(4, 0),
                MaintenanceWindow.LONGEST,
                new Recurrence.Weekly(Set.of(DayOfWeek.MONDAY)),
                LocalDate.EPOCH,
                Optional.empty());

        assertThat(always.endAt(Instant.parse("2026-11-30T03:59:59Z"))).contains(Instant.parse("2026-11-30T04:00:00Z"));
        assertThat(always.endAt(Instant.parse("2026-11-30T04:00:00Z"))).contains(Instant.parse("2026-12-07T04:00:00Z"));
    }

    @Test
    void beginsLaterAndIsOverForGood() {
        MaintenanceWindow december = new MaintenanceWindow(
                ZoneId.of("UTC"),
                LocalTime.NOON,
                Duration.ofHours(1),
                EVERY_DAY,
                LocalDate.of(2026, 12, 1),
                Optional.of(LocalDate.of(2026, 12, 2)));

        assertThat(december.nextBegin(Instant.parse("2026-01-01T00:00:00Z")))
                .contains(Instant.parse("2026-12-01T12:00:00Z"));
        assertThat(december.nextBegin(Instant.parse("2026-12-02T12:00:00Z"))).isEmpty();
        assertThat(december.endAt(Instant.parse("2026-11-30T12:30:00Z"))).isEmpty();
    }

    @Test
    void refusesWhatIsNoWindow() {
        assertThatThrownBy(() -> window(Duration.ZERO, EVERY_DAY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> window(MaintenanceWindow.LONGEST.plusSeconds(1), EVERY_DAY))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Recurrence.Weekly(Set.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static MaintenanceWindow window(Duration duration, Recurrence days) {
        return new MaintenanceWindow(
                ZoneId.of("UTC"), LocalTime.NOON, duration, days, LocalDate.EPOCH, Optional.empty());
    }
}
