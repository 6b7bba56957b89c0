package io.tidewatch.notifier.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.suppression.Suppression;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.State;
import io.tidewatch.suppression.MaintenanceWindow;
import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Recurrence;
import io.tidewatch.suppression.Subject;
import io.tidewatch.suppression.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What is told of an alarm around a maintenance window, a silence and a suppression, in the nights in which clocks change: a table with
 * a row for each night, kind and story. The clock is moved only to when something happens and to when the rules say to look again.
 */
final class ToldTableTest {
    private static final String ALARM_KEY = "t/en1/al1";
    private static final Plan PLAN = new Plan(
            Stream.of(State.values()).collect(Collectors.toMap(state -> state, state -> Set.of("hook"))),
            List.of(),
            Optional.empty(),
            Duration.ZERO,
            true,
            Optional.empty());
    private static final List<String> TABLE = new ArrayList<>();

    /** A night: what a window of its people is in local time, and what that means. */
    private enum Night {
        BERLIN_SPRING("Europe/Berlin", "2026-03-29", "02:30", 60, "2026-03-29T01:30:00Z", "2026-03-29T02:30:00Z"),
        BERLIN_AUTUMN("Europe/Berlin", "2026-10-25", "02:30", 60, "2026-10-25T00:30:00Z", "2026-10-25T01:30:00Z"),
        NEW_YORK_SPRING("America/New_York", "2026-03-08", "02:15", 90, "2026-03-08T07:15:00Z", "2026-03-08T08:45:00Z"),
        NEW_YORK_AUTUMN("America/New_York", "2026-11-01", "01:15", 90, "2026-11-01T05:15:00Z", "2026-11-01T06:45:00Z"),
        LORD_HOWE_SPRING(
                "Australia/Lord_Howe", "2026-10-04", "02:15", 60, "2026-10-03T15:45:00Z", "2026-10-03T16:45:00Z"),
        LORD_HOWE_AUTUMN(
                "Australia/Lord_Howe", "2026-04-05", "01:45", 60, "2026-04-04T14:45:00Z", "2026-04-04T15:45:00Z"),
        BERLIN_OVER_MIDNIGHT_SPRING(
                "Europe/Berlin", "2026-03-28", "23:00", 300, "2026-03-28T22:00:00Z", "2026-03-29T03:00:00Z"),
        NEW_YORK_OVER_MIDNIGHT_AUTUMN(
                "America/New_York", "2026-10-31", "22:00", 360, "2026-11-01T02:00:00Z", "2026-11-01T08:00:00Z"),
        LORD_HOWE_OVER_MIDNIGHT(
                "Australia/Lord_Howe", "2026-07-01", "23:30", 60, "2026-07-01T13:00:00Z", "2026-07-01T14:00:00Z");

        private final ZoneId zone;
        private final LocalDate day;
        private final LocalTime start;
        private final Duration duration;
        private final Instant begin;
        private final Instant end;

        Night(String zone, String day, String start, int minutes, String begin, String end) {
            this.zone = ZoneId.of(zone);
            this.day = LocalDate.parse(day);
            this.start = LocalTime.parse(start);
            this.duration = Duration.ofMinutes(minutes);
            this.begin = Instant.parse(begin);
            this.end = Instant.parse(end);
        }
    }

    /** What withholds. A suppression of Rackspace's kind withholds ends, too. */
    private enum Kind {
        WINDOW,
        SILENCE,
        SUPPRESSION;

        Suppression in(Night night) {
            Times span = Times.once(night.begin, night.end);
            Matchers web = Matchers.of(List.of(new AlarmMatcher("entity_id", MatchOperator.EQUAL, "en1")));
            return switch (this) {
                case WINDOW ->
                    Suppression.window(
                            "window",
                            named(Set.of("en1")),
                            web,
                            new MaintenanceWindow(
                                    night.zone,
                                    night.start,
                                    night.duration,
                                    new Recurrence.Weekly(Set.of(night.day.getDayOfWeek())),
                                    LocalDate.EPOCH,
                                    Optional.empty()));
                case SILENCE -> Suppression.silence("silence", web, span);
                case SUPPRESSION -> Suppression.byIds("suppression", named(Set.of("en1")), span);
            };
        }

        private static Suppression.Names named(Set<String> entities) {
            return new Suppression.Names(Set.of(), entities, Set.of(), Set.of());
        }
    }

    /** What happens to the alarm: how many minutes after the begin it enters which state, and what is to be told. */
    private enum Story {
        STANDS("the problem stands at the end", "10 CRITICAL") {
            @Override
            List<String> told(Night night, Kind kind) {
                return List.of(message("PROBLEM CRITICAL", night.end));
            }
        },
        TOLD_AND_STANDS("it was told before and stands", "-10 CRITICAL") {
            @Override
            List<String> told(Night night, Kind kind) {
                return List.of(message("PROBLEM CRITICAL", at(night, -10)));
            }
        },
        WORSE("it was told before and is worse at the end", "-10 WARNING, 10 CRITICAL") {
            @Override
            List<String> told(Night night, Kind kind) {
                return List.of(message("PROBLEM WARNING", at(night, -10)), message("UPDATE CRITICAL", night.end));
            }
        },
        OVER("it was told before and is over", "-10 CRITICAL, 20 OK") {
            @Override
            List<String> told(Night night, Kind kind) {
                return List.of(
                        message("PROBLEM CRITICAL", at(night, -10)),
                        message("RESOLVED OK", kind == Kind.SUPPRESSION ? night.end : at(night, 20)));
            }
        },
        CAME_AND_WENT("it came and went", "10 CRITICAL, 20 OK") {
            @Override
            List<String> told(Night night, Kind kind) {
                return List.of();
            }
        },
        AGAIN("it was told, was over, and is there again", "-10 CRITICAL, 10 OK, 20 CRITICAL") {
            @Override
            List<String> told(Night night, Kind kind) {
                // Who has not heard that it was over believes what is true again.
                return kind == Kind.SUPPRESSION
                        ? List.of(message("PROBLEM CRITICAL", at(night, -10)))
                        : List.of(
                                message("PROBLEM CRITICAL", at(night, -10)),
                                message("RESOLVED OK", at(night, 10)),
                                message("PROBLEM CRITICAL", night.end));
            }
        };

        private final String words;
        private final String states;

        Story(String words, String states) {
            this.words = words;
            this.states = states;
        }

        SortedMap<Instant, State> transitions(Night night) {
            SortedMap<Instant, State> transitions = new TreeMap<>();
            for (String state : states.split(", ", -1)) {
                String[] parts = state.split(" ", -1);
                transitions.put(at(night, Integer.parseInt(parts[0])), State.valueOf(parts[1]));
            }
            return transitions;
        }

        abstract List<String> told(Night night, Kind kind);
    }

    static Stream<Arguments> rows() {
        return Stream.of(Night.values())
                .flatMap(night -> Stream.of(Kind.values())
                        .flatMap(kind -> Stream.of(Story.values()).map(story -> Arguments.of(night, kind, story))));
    }

    @ParameterizedTest
    @MethodSource("rows")
    void isToldTheDifference(Night night, Kind kind, Story story) {
        List<String> told = play(night, kind.in(night), story);

        TABLE.add(
                String.format(Locale.ROOT, "%-30s %-11s %-42s %s", night, kind, story.words, shown(told, night.zone)));
        assertThat(told).isEqualTo(story.told(night, kind));
    }

    @AfterAll
    static void print() {
        System.out.println("What was told, in local time:");
        TABLE.forEach(System.out::println);
        TABLE.clear();
    }

    private static List<String> play(Night night, Suppression suppression, Story story) {
        Subject subject = new Subject(
                new Subject.Named("en1", "", Map.of()),
                Subject.Named.of("ch1"),
                "",
                Subject.Named.of("al1"),
                "np1",
                Optional.empty());
        SortedMap<Instant, State> transitions = story.transitions(night);
        ReceiverStub receiver = new ReceiverStub();
        List<String> told = new ArrayList<>();
        Incident incident = Incident.NONE;
        Optional<Instant> lookAt = Optional.empty();
        Instant over = night.end.plus(Duration.ofDays(1));
        while (true) {
            Instant transition = transitions.isEmpty() ? over : transitions.firstKey();
            Instant now = lookAt.filter(transition::isAfter).orElse(transition);
            if (!now.isBefore(over)) {
                return told;
            }
            if (now.equals(transition)) {
                incident = incident.enter("event at " + now, transitions.remove(now), now);
            }
            NextMessages next;
            do {
                next = NextMessages.of(
                        ALARM_KEY,
                        incident,
                        PLAN,
                        Suppression.verdict(List.of(suppression), subject, now),
                        channel -> false,
                        now);
                incident = next.after();
                for (Message message : next.messages()) {
                    receiver.get(message);
                    told.add(message(message.kind() + " " + message.state(), now));
                    incident = incident.concluded(message.deliveryId(), Outcome.DELIVERED, now, Optional.empty());
                }
            } while (!next.messages().isEmpty());
            lookAt = next.lookAgainAt();
        }
    }

    private static Instant at(Night night, int minutes) {
        return night.begin.plus(Duration.ofMinutes(minutes));
    }

    private static String message(String what, Instant at) {
        return what + " at " + at;
    }

    private static String shown(List<String> told, ZoneId zone) {
        DateTimeFormatter local = DateTimeFormatter.ofPattern("dd.MM. HH:mmxxx", Locale.ROOT);
        return told.isEmpty()
                ? "nothing"
                : told.stream()
                        .map(message -> message.split(" at ", -1))
                        .map(parts -> parts[0] + " "
                                + local.format(Instant.parse(parts[1]).atZone(zone)))
                        .collect(Collectors.joining(", "));
    }
}
