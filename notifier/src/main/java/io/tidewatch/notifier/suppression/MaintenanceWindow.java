package io.tidewatch.notifier.suppression;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Optional;
import java.util.Set;

/**
 * A time of the week in which work is done and nobody is to be woken. Kept as people say it, a local time in their zone, and
 * worked out anew each time, so that it stays at their two o'clock in summer and in winter.
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
        ZoneId zone, LocalTime start, Duration duration, Set<DayOfWeek> days, LocalDate from, Optional<LocalDate> to)
        implements Suppression.Times {
    /** A window that is longer than the time between its beginnings never ends. */
    public static final Duration LONGEST = Duration.ofDays(7);

    private static final int DAYS_A_WEEK = 7;

    /** @throws IllegalArgumentException when it has no day, or no or too long a duration */
    public MaintenanceWindow {
        days = Set.copyOf(days);
        if (days.isEmpty()) {
            throw new IllegalArgumentException("A window begins on a day of the week at least");
        }
        if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("A window lasts for more than nothing, and for 7 days at most");
        }
    }

    /** {@inheritDoc} Of several that this instant is in, it is the end of the one that ends last. */
    @Override
    public Optional<Instant> endAt(Instant instant) {
        LocalDate last = instant.atZone(zone).toLocalDate().plusDays(1);
        return last.minusDays(DAYS_A_WEEK + 3)
                .datesUntil(last.plusDays(1))
                .filter(this::beginsOn)
                .map(this::begin)
                .filter(begin -> !begin.isAfter(instant))
                .map(begin -> begin.plus(duration))
                .filter(end -> end.isAfter(instant))
                .max(Instant::compareTo);
    }

    @Override
    public Optional<Instant> nextBegin(Instant instant) {
        LocalDate today = instant.atZone(zone).toLocalDate();
        LocalDate first = today.isBefore(from) ? from : today.minusDays(1);
        return first.datesUntil(first.plusDays(DAYS_A_WEEK + 3))
                .filter(this::beginsOn)
                .map(this::begin)
                .filter(begin -> begin.isAfter(instant))
                .findFirst();
    }

    private boolean beginsOn(LocalDate day) {
        return days.contains(day.getDayOfWeek())
                && !day.isBefore(from)
                && to.map(last -> !day.isAfter(last)).orElse(true);
    }

    private Instant begin(LocalDate day) {
        return ZonedDateTime.of(day, start, zone).toInstant();
    }
}
