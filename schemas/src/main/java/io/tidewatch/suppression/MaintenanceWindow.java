package io.tidewatch.suppression;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Times in which work is done and nobody is to be woken. Kept as people say it, a local time in their zone, and worked out anew
 * each time, so that it stays at their two o'clock in summer and in winter.
 *
 * <p>A start that the clock skips is later by what was skipped; one that the clock shows twice is the first one. The duration
 * is elapsed time, so that a window over a change of the clock ends at another local time.
 *
 * @param zone an IANA time zone
 * @param start the local time at which it begins
 * @param duration at most {@link #LONGEST}
 * @param days on which it begins; a window past midnight belongs to the day on which it begins
 * @param from the first day on which it may begin
 * @param to the last one; empty: for ever
 */
public record MaintenanceWindow(
        ZoneId zone, LocalTime start, Duration duration, Recurrence days, LocalDate from, Optional<LocalDate> to)
        implements Times {
    /** The longest one. */
    public static final Duration LONGEST = Duration.ofDays(7);

    /** A window that holds began so many days ago at most, by the calendar of its zone. */
    private static final long DAYS_BACK = LONGEST.toDays() + 2;

    /** @throws IllegalArgumentException when it has no or too long a duration */
    public MaintenanceWindow {
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A window lasts for more than nothing, and for 7 days at most");
        }
    }

    /** One time that it holds. */
    public record Occurrence(Instant begin, Instant end) {}

    /**
     * As it is stored.
     *
     * @throws IllegalArgumentException when it is none
     * @throws java.time.DateTimeException when a time, a date or the zone is none
     */
    public static MaintenanceWindow of(io.tidewatch.schema.MaintenanceWindow stored) {
        return new MaintenanceWindow(
                ZoneId.of(stored.getTimeZone()),
                LocalTime.parse(stored.getStart()),
                Duration.ofSeconds(stored.getDurationSeconds()),
                days(stored),
                date(stored.getValidFrom()).orElse(LocalDate.EPOCH),
                date(stored.getValidUntil()));
    }

    private static Recurrence days(io.tidewatch.schema.MaintenanceWindow stored) {
        List<DayOfWeek> weekdays = stored.getDaysOfWeek().stream()
                .map(day -> DayOfWeek.valueOf(day.name()))
                .toList();
        return switch (stored.getRecurrence()) {
            case DAILY -> Recurrence.Weekly.EVERY_DAY;
            case WEEKLY -> new Recurrence.Weekly(weekdays.stream().collect(Collectors.toSet()));
            case MONTHLY ->
                stored.getWeekOfMonth() == null
                        ? new Recurrence.DayOfMonth(Objects.requireNonNullElse(stored.getDayOfMonth(), 0))
                        : new Recurrence.WeekdayOfMonth(
                                stored.getWeekOfMonth(),
                                weekdays.stream()
                                        .findFirst()
                                        .orElseThrow(() -> new IllegalArgumentException("It has no day of the week")));
            case ONCE ->
                new Recurrence.Once(date(stored.getDate())
                        .orElseThrow(() -> new IllegalArgumentException("A window that comes once has a date")));
        };
    }

    private static Optional<LocalDate> date(@Nullable String text) {
        return Optional.ofNullable(text).map(LocalDate::parse);
    }

    /** {@inheritDoc} Of several that this instant is in, it is the end of the one that ends last. */
    @Override
    public Optional<Instant> endAt(Instant instant) {
        return begins(instant)
                .takeWhile(begin -> !begin.isAfter(instant))
                .map(begin -> begin.plus(duration))
                .filter(end -> end.isAfter(instant))
                .max(Instant::compareTo);
    }

    @Override
    public Optional<Instant> nextBegin(Instant instant) {
        return begins(instant).filter(begin -> begin.isAfter(instant)).findFirst();
    }

    /** The first ones, so many at most, that have not ended at an instant. */
    public List<Occurrence> occurrences(Instant instant, int atMost) {
        return begins(instant)
                .distinct()
                .map(begin -> new Occurrence(begin, begin.plus(duration)))
                .filter(occurrence -> occurrence.end().isAfter(instant))
                .limit(atMost)
                .toList();
    }

    /** When it begins, in order, from before those on that hold at an instant. */
    private Stream<Instant> begins(Instant instant) {
        LocalDate day = instant.atZone(zone).toLocalDate().minusDays(DAYS_BACK);
        return Stream.iterate(
                        days.onOrAfter(day.isBefore(from) ? from : day),
                        Optional::isPresent,
                        last -> days.onOrAfter(last.orElseThrow().plusDays(1)))
                .map(Optional::orElseThrow)
                .takeWhile(date -> to.map(last -> !date.isAfter(last)).orElse(true))
                .map(date -> ZonedDateTime.of(date, start, zone).toInstant());
    }
}
