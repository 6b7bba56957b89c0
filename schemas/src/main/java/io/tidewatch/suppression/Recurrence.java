package io.tidewatch.suppression;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** On which days a maintenance window begins. */
public sealed interface Recurrence {
    /** For the last one of a month. */
    int LAST = -1;

    boolean includes(LocalDate day);

    /** The first day from this one on; empty when there is none. */
    default Optional<LocalDate> onOrAfter(LocalDate day) {
        // Between two 31sts, or two 29ths around a February, lie 62 days at most.
        return day.datesUntil(day.plusDays(63)).filter(this::includes).findFirst();
    }

    /** On some days of each week. */
    record Weekly(Set<DayOfWeek> days) implements Recurrence {
        public static final Weekly EVERY_DAY = new Weekly(EnumSet.allOf(DayOfWeek.class));

        /** @throws IllegalArgumentException when it has no day */
        public Weekly {
            days = Set.copyOf(days);
            if (days.isEmpty()) {
                throw new IllegalArgumentException("A window begins on a day of the week at least");
            }
        }

        @Override
        public boolean includes(LocalDate day) {
            return days.contains(day.getDayOfWeek());
        }
    }

    /**
     * On a day of each month; not in a month that has no such day.
     *
     * @param day 1 to 31, or {@link #LAST}
     */
    record DayOfMonth(int day) implements Recurrence {
        public DayOfMonth {
            if (day != LAST && (day < 1 || day > 31)) {
                throw new IllegalArgumentException("A day of the month is 1 to 31, or -1 for the last one");
            }
        }

        @Override
        public boolean includes(LocalDate date) {
            return date.getDayOfMonth() == (day == LAST ? date.lengthOfMonth() : day);
        }
    }

    /**
     * On a day of the week in each month.
     *
     * @param week 1 to 4 for the first to fourth such day, or {@link #LAST}
     */
    record WeekdayOfMonth(int week, DayOfWeek day) implements Recurrence {
        public WeekdayOfMonth {
            if (week != LAST && (week < 1 || week > 4)) {
                throw new IllegalArgumentException("A week of the month is 1 to 4, or -1 for the last one");
            }
        }

        @Override
        public boolean includes(LocalDate date) {
            return date.equals(date.with(TemporalAdjusters.dayOfWeekInMonth(week, day)));
        }
    }

    /** On one day. */
    record Once(LocalDate date) implements Recurrence {
        @Override
        public boolean includes(LocalDate day) {
            return day.equals(date);
        }

        @Override
        public Optional<LocalDate> onOrAfter(LocalDate day) {
            return day.isAfter(date) ? Optional.empty() : Optional.of(date);
        }
    }
}
