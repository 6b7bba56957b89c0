package io.tidewatch.timeseries;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** How much time a partition of a table holds. A bucket is named by its first day, in UTC; weeks begin on Monday. */
public enum Bucket {
    DAY(day -> day, day -> day.plusDays(1)),
    WEEK(day -> day.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), week -> week.plusWeeks(1)),
    MONTH(day -> day.withDayOfMonth(1), month -> month.plusMonths(1)),
    YEAR(day -> day.withDayOfYear(1), year -> year.plusYears(1));

    private final UnaryOperator<LocalDate> firstDay;
    private final UnaryOperator<LocalDate> next;

    Bucket(UnaryOperator<LocalDate> firstDay, UnaryOperator<LocalDate> next) {
        this.firstDay = firstDay;
        this.next = next;
    }

    /** The bucket that holds what happened at {@code at}. */
    public LocalDate of(Instant at) {
        return firstDay.apply(LocalDate.ofInstant(at, ZoneOffset.UTC));
    }

    /**
     * The buckets that hold everything from {@code from} to right before {@code until}, oldest first; none when that is
     * nothing.
     */
    public List<LocalDate> between(Instant from, Instant until) {
        if (!from.isBefore(until)) {
            return List.of();
        }
        LocalDate last = of(until.minusMillis(1));
        return Stream.iterate(of(from), bucket -> !bucket.isAfter(last), next).toList();
    }
}
