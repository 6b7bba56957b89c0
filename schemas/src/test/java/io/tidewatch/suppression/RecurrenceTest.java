package io.tidewatch.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class RecurrenceTest {
    private static final LocalDate NEW_YEAR = LocalDate.of(2027, 1, 1);

    @Test
    void comesOnADayOfTheWeek() {
        assertThat(first(new Recurrence.Weekly(Set.of(DayOfWeek.MONDAY, DayOfWeek.SATURDAY)), 3))
                .containsExactly(LocalDate.of(2027, 1, 2), LocalDate.of(2027, 1, 4), LocalDate.of(2027, 1, 9));
    }

    @Test
    void comesOnADayOfTheMonthWhereThereIsOne() {
        assertThat(first(new Recurrence.DayOfMonth(31), 3))
                .containsExactly(LocalDate.of(2027, 1, 31), LocalDate.of(2027, 3, 31), LocalDate.of(2027, 5, 31));
        assertThat(first(new Recurrence.DayOfMonth(Recurrence.LAST), 2))
                .containsExactly(LocalDate.of(2027, 1, 31), LocalDate.of(2027, 2, 28));
    }

    @Test
    void comesOnADayOfTheWeekOfAMonth() {
        assertThat(first(new Recurrence.WeekdayOfMonth(2, DayOfWeek.TUESDAY), 2))
                .containsExactly(LocalDate.of(2027, 1, 12), LocalDate.of(2027, 2, 9));
        assertThat(first(new Recurrence.WeekdayOfMonth(Recurrence.LAST, DayOfWeek.SUNDAY), 2))
                .containsExactly(LocalDate.of(2027, 1, 31), LocalDate.of(2027, 2, 28));
    }

    @Test
    void comesOnceHoweverFarAway() {
        assertThat(first(new Recurrence.Once(LocalDate.of(2031, 5, 5)), 2)).containsExactly(LocalDate.of(2031, 5, 5));
        assertThat(first(new Recurrence.Once(NEW_YEAR.minusDays(1)), 2)).isEmpty();
    }

    @Test
    void refusesDaysThatThereAreNot() {
        assertThatThrownBy(() -> new Recurrence.DayOfMonth(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Recurrence.DayOfMonth(32)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Recurrence.WeekdayOfMonth(5, DayOfWeek.MONDAY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void showsWhatHasNotEndedFirst() {
        MaintenanceWindow monthly = new MaintenanceWindow(
                ZoneId.of("Australia/Lord_Howe"),
                LocalTime.of(1, 45),
                Duration.ofMinutes(60),
                new Recurrence.WeekdayOfMonth(1, DayOfWeek.SUNDAY),
                LocalDate.EPOCH,
                Optional.empty());

        // Lord Howe goes back by half an hour at 2:00 on 4 April 2027, and forward at 2:00 on 3 October.
        assertThat(monthly.occurrences(Instant.parse("2027-04-03T15:00:00Z"), 2))
                .containsExactly(
                        occurrence("2027-04-03T14:45:00Z", "2027-04-03T15:45:00Z"),
                        occurrence("2027-05-01T15:15:00Z", "2027-05-01T16:15:00Z"));
        assertThat(monthly.occurrences(Instant.parse("2027-04-03T15:45:00Z"), 1))
                .containsExactly(occurrence("2027-05-01T15:15:00Z", "2027-05-01T16:15:00Z"));
    }

    @Test
    void aLongOneThatBeganAWeekAgoIsNotOver() {
        MaintenanceWindow once = new MaintenanceWindow(
                ZoneId.of("UTC"),
                LocalTime.of(12, 0),
                MaintenanceWindow.LONGEST,
                new Recurrence.Once(NEW_YEAR),
                LocalDate.EPOCH,
                Optional.empty());

        assertThat(once.endAt(Instant.parse("2027-01-08T11:59:59Z"))).contains(Instant.parse("2027-01-08T12:00:00Z"));
        assertThat(once.endAt(Instant.parse("2027-01-08T12:00:00Z"))).isEmpty();
        assertThat(once.occurrences(Instant.parse("2027-01-08T11:59:59Z"), 3)).hasSize(1);
    }

    private static MaintenanceWindow.Occurrence occurrence(String begin, String end) {
        return new MaintenanceWindow.Occurrence(Instant.parse(begin), Instant.parse(end));
    }

    private static List<LocalDate> first(Recurrence recurrence, int number) {
        return Stream.iterate(
                        recurrence.onOrAfter(NEW_YEAR),
                        Optional::isPresent,
                        day -> recurrence.onOrAfter(day.orElseThrow().plusDays(1)))
                .map(Optional::orElseThrow)
                .limit(number)
                .toList();
    }
}
