package io.tidewatch.notifier.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.suppression.Suppression;
import io.tidewatch.notifier.suppression.Verdict;
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
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Random stories of one alarm: states, acknowledgements, suppressions, other plans, deliveries that take their time. Whatever
 * happens, receivers hear what makes sense after what they have heard, and in the end they believe what is true.
 *
 * <p>{@code -Dtidewatch.seed=…} plays those of a run that failed.
 */
final class RandomStoriesTest {
    private static final int STORIES = 4_000;
    private static final int STEPS = 60;
    private static final List<String> CHANNELS = List.of("mail", "pager", "web");
    private static final List<State> STATES = List.of(State.values());
    private static final Subject SUBJECT = new Subject(
            Subject.Named.of("en1"), Subject.Named.of("ch1"), "", Subject.Named.of("al1"), "np1", Optional.empty());
    private static final Matchers HIT = Matchers.of(List.of(new AlarmMatcher("entity_id", MatchOperator.EQUAL, "en1")));

    private final long seed = Long.getLong("tidewatch.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void receiversHearWhatMakesSenseAndBelieveWhatIsTrue() {
        int told = 0;
        for (int i = 0; i < STORIES; i++) {
            Story story = new Story();
            for (int step = 0; step < STEPS; step++) {
                story.step();
            }
            story.end();
            told += story.receivers.values().stream()
                    .mapToInt(receiver -> receiver.got().size())
                    .sum();
        }
        // A generator that makes nothing happen would prove nothing.
        assertThat(told).isGreaterThan(10 * STORIES);
    }

    private Plan plan() {
        Map<State, Set<String>> channels = new HashMap<>();
        for (State state : State.values()) {
            channels.put(state, some());
        }
        return new Plan(
                channels,
                random.nextBoolean() ? List.of() : List.of(new Plan.EscalationStep(Duration.ofMinutes(3), some())),
                random.nextBoolean() ? Optional.empty() : Optional.of(Duration.ofMinutes(1 + random.nextInt(5))),
                Duration.ofMinutes(random.nextInt(3)),
                random.nextBoolean(),
                Optional.empty());
    }

    /** A silence, a window that comes every day, or a suppression, around now. */
    private Suppression suppression(Instant now) {
        Instant begin = now.plusSeconds(random.nextInt(200) - 50);
        Duration length = Duration.ofSeconds(1 + random.nextInt(300));
        return switch (random.nextInt(3)) {
            case 0 -> Suppression.silence("silence", HIT, Times.once(begin, begin.plus(length)));
            case 1 ->
                Suppression.window(
                        "window",
                        new Suppression.Names(Set.of(), Set.of(), Set.of("en1:ch1"), Set.of()),
                        HIT,
                        new MaintenanceWindow(
                                ZoneOffset.UTC,
                                LocalTime.ofInstant(begin, ZoneOffset.UTC),
                                length,
                                Recurrence.Weekly.EVERY_DAY,
                                LocalDate.EPOCH,
                                Optional.empty()));
            default ->
                Suppression.byIds(
                        "suppression",
                        new Suppression.Names(Set.of("np1"), Set.of(), Set.of(), Set.of()),
                        Times.once(begin, begin.plus(length)));
        };
    }

    private Set<String> some() {
        Set<String> some = new HashSet<>();
        CHANNELS.stream().filter(channel -> random.nextInt(3) > 0).forEach(some::add);
        return some;
    }

    private final class Story {
        private final Map<String, ReceiverStub> receivers = new HashMap<>();
        private final Map<String, Message> onTheirWay = new HashMap<>();
        private final Set<String> withdrawn = new HashSet<>();
        private Incident incident = Incident.NONE;
        private Plan plan = plan();
        private final List<Suppression> suppressions = new ArrayList<>();
        private Instant now = Instant.EPOCH;
        private int events;

        Story() {
            CHANNELS.forEach(channel -> receivers.put(channel, new ReceiverStub()));
        }

        void step() {
            now = now.plusSeconds(random.nextInt(90));
            switch (random.nextInt(10)) {
                case 0, 1, 2 -> change(STATES.get(random.nextInt(STATES.size())));
                case 3 ->
                    incident = incident.acknowledge(new Acknowledgement(
                            random.nextBoolean(),
                            incident.state(),
                            random.nextBoolean() ? Optional.empty() : Optional.of(now.plusSeconds(200)),
                            "jo",
                            "on it",
                            now));
                case 4 -> incident = incident.unacknowledge();
                case 5 -> {
                    if (random.nextInt(3) == 0) {
                        suppressions.clear();
                    } else {
                        suppressions.add(suppression(now));
                    }
                }
                case 6 -> plan = random.nextInt(4) == 0 ? plan() : plan;
                default -> deliverSome();
            }
            decide();
        }

        /** Nothing is in the way any more: what is true is told. */
        void end() {
            suppressions.clear();
            incident = incident.unacknowledge();
            plan = new Plan(
                    plan.channels(), plan.escalation(), Optional.empty(), Duration.ZERO, false, Optional.empty());
            for (int i = 0; i < 10; i++) {
                decide();
                deliverAll();
            }
            assertThat(onTheirWay).as("seed %d", seed).isEmpty();
            receivers.forEach((channel, receiver) -> {
                Optional<State> believes = receiver.believes();
                if (incident.state() == State.OK) {
                    assertThat(believes)
                            .as("seed %d, %s %s", seed, channel, receiver.got())
                            .isEmpty();
                } else if (plan.of(incident.state(), incident.steps()).contains(channel)) {
                    assertThat(believes)
                            .as("seed %d, %s %s", seed, channel, receiver.got())
                            .contains(incident.state());
                }
            });
        }

        private void change(State state) {
            if (state != incident.state()) {
                events++;
                incident = incident.enter("event " + events, state, now);
            }
        }

        private void decide() {
            NextMessages next = next(incident, now);
            // The same question has the same answer, as after a restart.
            assertThat(next(incident, now)).isEqualTo(next);
            incident = next.after();
            for (Message message : next.messages()) {
                assertThat(onTheirWay.values())
                        .as("seed %d: one at a time", seed)
                        .noneMatch(other -> other.channel().equals(message.channel()));
                if (incident.acknowledgement().isPresent()) {
                    assertThat(message.kind())
                            .as("seed %d: all else waits while somebody takes care", seed)
                            .isEqualTo(Message.Kind.ACKNOWLEDGED);
                }
                onTheirWay.put(message.deliveryId(), message);
            }
            withdrawn.addAll(next.withdrawn());
            assertNothingChangesBefore(next.lookAgainAt().orElse(now.plusSeconds(100_000)));
        }

        private NextMessages next(Incident of, Instant at) {
            Verdict verdict = Suppression.verdict(suppressions, SUBJECT, at);
            return NextMessages.of("t/en/al", of, plan, verdict, channel -> !channel.equals("mail"), at);
        }

        /** Whoever looks again when the answer says so misses nothing. */
        private void assertNothingChangesBefore(Instant again) {
            long millis = Duration.between(now, again).toMillis();
            assertThat(next(incident, now.plusMillis(random.nextLong(millis))).after())
                    .as("seed %d, between %s and %s", seed, now, again)
                    .isEqualTo(incident);
        }

        private void deliverSome() {
            List.copyOf(onTheirWay.values()).stream()
                    .filter(message -> random.nextBoolean())
                    .forEach(this::deliver);
        }

        private void deliverAll() {
            List.copyOf(onTheirWay.values()).forEach(this::deliver);
        }

        private void deliver(Message message) {
            onTheirWay.remove(message.deliveryId());
            if (withdrawn.contains(message.deliveryId()) && random.nextBoolean()) {
                incident = incident.concluded(message.deliveryId(), Outcome.OVERTAKEN, now, Optional.empty());
            } else {
                try {
                    receivers.get(message.channel()).get(message);
                } catch (AssertionError e) {
                    throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
                }
                incident = incident.concluded(message.deliveryId(), Outcome.DELIVERED, now, Optional.empty());
            }
        }
    }
}
