package io.tidewatch.gateway.suppression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.Weekday;
import io.tidewatch.schema.WindowRecurrence;
import io.tidewatch.suppression.Recurrence;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** When a maintenance window holds, in JSON. */
final class WindowTimesJson {
    private static final String TIME_ZONE = "time_zone";
    private static final String START = "start";
    private static final String DURATION = "duration";
    private static final String RECURRENCE = "recurrence";
    private static final String DAYS_OF_WEEK = "days_of_week";
    private static final String DAY_OF_MONTH = "day_of_month";
    private static final String WEEK_OF_MONTH = "week_of_month";
    private static final String DATE = "date";
    private static final String VALID_FROM = "valid_from";
    private static final String VALID_UNTIL = "valid_until";

    static final Set<String> FIELDS = Set.of(
            TIME_ZONE,
            START,
            DURATION,
            RECURRENCE,
            DAYS_OF_WEEK,
            DAY_OF_MONTH,
            WEEK_OF_MONTH,
            DATE,
            VALID_FROM,
            VALID_UNTIL);

    /** The fields that say on which days, by the recurrences that have them. */
    private static final Map<String, Set<WindowRecurrence>> OF_RECURRENCE = Map.of(
            DAYS_OF_WEEK, Set.of(WindowRecurrence.WEEKLY, WindowRecurrence.MONTHLY),
            DAY_OF_MONTH, Set.of(WindowRecurrence.MONTHLY),
            WEEK_OF_MONTH, Set.of(WindowRecurrence.MONTHLY),
            DATE, Set.of(WindowRecurrence.ONCE));

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withResolverStyle(ResolverStyle.STRICT);
    private static final int MAX_WORD_CHARS = 64;
    private static final int MIN_YEAR = 1970;
    private static final int MAX_YEAR = 9999;
    private static final int DAYS_A_WEEK = 7;

    private WindowTimesJson() {}

    static MaintenanceWindow.Builder read(JsonFields fields, MaintenanceWindow.Builder window) {
        WindowRecurrence recurrence = recurrence(fields);
        OF_RECURRENCE.entrySet().stream()
                .filter(field -> !field.getValue().contains(recurrence) && isGiven(fields, field.getKey()))
                .map(Map.Entry::getKey)
                .min(String::compareTo)
                .ifPresent(field -> {
                    throw fields.bad(field, "is not for a window that comes " + word(recurrence));
                });
        Optional<LocalDate> from = date(fields, VALID_FROM);
        Optional<LocalDate> until = date(fields, VALID_UNTIL);
        if (from.isPresent() && until.isPresent() && until.get().isBefore(from.get())) {
            throw fields.bad(VALID_UNTIL, "has to be no earlier than valid_from, which is " + from.get());
        }
        List<Weekday> weekdays = weekdays(fields);
        @Nullable Integer dayOfMonth = ofMonth(fields, DAY_OF_MONTH, 31);
        @Nullable Integer weekOfMonth = ofMonth(fields, WEEK_OF_MONTH, 4);
        requireDays(fields, recurrence, weekdays, dayOfMonth, weekOfMonth);
        return window.setTimeZone(zone(fields))
                .setStart(start(fields))
                .setDurationSeconds((int) fields.requiredInteger(
                        DURATION, 60, io.tidewatch.suppression.MaintenanceWindow.LONGEST.toSeconds()))
                .setRecurrence(recurrence)
                .setDaysOfWeek(weekdays)
                .setDayOfMonth(dayOfMonth)
                .setWeekOfMonth(weekOfMonth)
                .setDate(date(fields, DATE).map(LocalDate::toString).orElse(null))
                .setValidFrom(from.map(LocalDate::toString).orElse(null))
                .setValidUntil(until.map(LocalDate::toString).orElse(null));
    }

    static void write(ObjectNode node, MaintenanceWindow window) {
        node.put(TIME_ZONE, window.getTimeZone())
                .put(START, window.getStart())
                .put(DURATION, window.getDurationSeconds())
                .put(RECURRENCE, word(window.getRecurrence()));
        ArrayNode days = node.putArray(DAYS_OF_WEEK);
        window.getDaysOfWeek().forEach(day -> days.add(word(day)));
        node.put(DAY_OF_MONTH, window.getDayOfMonth())
                .put(WEEK_OF_MONTH, window.getWeekOfMonth())
                .put(DATE, window.getDate())
                .put(VALID_FROM, window.getValidFrom())
                .put(VALID_UNTIL, window.getValidUntil());
    }

    private static void requireDays(
            JsonFields fields,
            WindowRecurrence recurrence,
            List<Weekday> weekdays,
            @Nullable Integer dayOfMonth,
            @Nullable Integer weekOfMonth) {
        switch (recurrence) {
            case DAILY -> {}
            case WEEKLY -> {
                if (weekdays.isEmpty()) {
                    throw fields.bad(DAYS_OF_WEEK, "has to name a day for a window that comes weekly");
                }
            }
            case MONTHLY -> {
                if ((dayOfMonth == null) == (weekOfMonth == null)) {
                    throw fields.bad(
                            DAY_OF_MONTH,
                            "a window that comes monthly needs either this, or week_of_month with a day in days_of_week");
                }
                if (weekdays.size() != (weekOfMonth == null ? 0 : 1)) {
                    throw fields.bad(
                            DAYS_OF_WEEK,
                            weekOfMonth == null
                                    ? "is not for a window with day_of_month"
                                    : "has to name the one day that week_of_month is about");
                }
            }
            case ONCE -> {
                if (!fields.has(DATE)) {
                    throw fields.bad(DATE, "is required for a window that comes once");
                }
            }
        }
    }

    /** Whether it says something: clients send empty lists. */
    private static boolean isGiven(JsonFields fields, String name) {
        return fields.value(name)
                .filter(value -> !(value.isArray() && value.isEmpty()))
                .isPresent();
    }

    private static WindowRecurrence recurrence(JsonFields fields) {
        String word = fields.requiredText(RECURRENCE, 1, MAX_WORD_CHARS);
        return Stream.of(WindowRecurrence.values())
                .filter(recurrence -> word(recurrence).equals(word))
                .findFirst()
                .orElseThrow(() -> fields.bad(RECURRENCE, "has to be one of " + words(WindowRecurrence.values())));
    }

    private static List<Weekday> weekdays(JsonFields fields) {
        List<Weekday> days = new ArrayList<>();
        List<String> words = fields.textList(DAYS_OF_WEEK, DAYS_A_WEEK, MAX_WORD_CHARS);
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            String path = DAYS_OF_WEEK + "[" + i + "]";
            days.add(Stream.of(Weekday.values())
                    .filter(day -> word(day).equals(word))
                    .findFirst()
                    .orElseThrow(() -> fields.bad(path, "has to be one of " + words(Weekday.values()))));
        }
        return days;
    }

    private static @Nullable Integer ofMonth(JsonFields fields, String name, int max) {
        OptionalLong given = fields.integer(name, Recurrence.LAST, max);
        if (given.isPresent() && given.getAsLong() == 0) {
            throw fields.bad(name, "has to be an integer from 1 to " + max + ", or -1 for the last one");
        }
        return given.isPresent() ? (Integer) (int) given.getAsLong() : null;
    }

    private static String zone(JsonFields fields) {
        String zone = fields.requiredText(TIME_ZONE, 1, MAX_WORD_CHARS);
        if (!ZoneId.getAvailableZoneIds().contains(zone)) {
            throw fields.bad(TIME_ZONE, "has to be an IANA time zone, such as Europe/Berlin or UTC");
        }
        return zone;
    }

    private static String start(JsonFields fields) {
        String start = fields.requiredText(START, 1, MAX_WORD_CHARS);
        try {
            return LocalTime.parse(start, TIME).format(TIME);
        } catch (DateTimeException e) {
            throw fields.bad(START, "has to be a local time HH:MM, such as 02:30");
        }
    }

    private static Optional<LocalDate> date(JsonFields fields, String name) {
        return fields.text(name, 1, MAX_WORD_CHARS).map(text -> {
            try {
                LocalDate date = LocalDate.parse(text);
                if (date.getYear() >= MIN_YEAR && date.getYear() <= MAX_YEAR) {
                    return date;
                }
            } catch (DateTimeException e) {
                throw fields.bad(name, "has to be a date YYYY-MM-DD");
            }
            throw fields.bad(name, "has to be in the years " + MIN_YEAR + " to " + MAX_YEAR);
        });
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    private static String words(Enum<?>[] constants) {
        return Stream.of(constants).map(WindowTimesJson::word).collect(Collectors.joining(", "));
    }
}
