package io.tidewatch.notifier.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.State;
import java.time.Duration;
import java.time.Instant;
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
    private static final List<Verdict> VERDICTS = List.of(
            Verdict.NONE,
            Verdict.NONE,
            new Verdict(Verdict.Withholds.PROBLEMS, "silence", Optional.empty()),
            new Verdict(Verdict.Withholds.EVERYTHING, "suppression", Optional.empty()));

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
        private Verdict verdict = Verdict.NONE;
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
                            random.nextBoolean() ? Optional.empty() : Optional.of(now.plusSeconds(200))));
                case 4 -> incident = incident.unacknowledge();
                case 5 -> verdict = VERDICTS.get(random.nextInt(VERDICTS.size()));
                case 6 -> plan = random.nextInt(4) == 0 ? plan() : plan;
                default -> deliverSome();
            }
            decide();
        }

        /** Nothing is in the way any more: what is true is told. */
        void end() {
            verdict = Verdict.NONE;
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
            NextMessages next =
                    NextMessages.of("t/en/al", incident, plan, verdict, channel -> !channel.equals("mail"), now);
            // The same question has the same answer, as after a restart.
            assertThat(NextMessages.of("t/en/al", incident, plan, verdict, channel -> !channel.equals("mail"), now))
                    .isEqualTo(next);
            incident = next.after();
            for (Message message : next.messages()) {
                assertThat(onTheirWay.values())
                        .as("seed %d: one at a time", seed)
                        .noneMatch(other -> other.channel().equals(message.channel()));
                onTheirWay.put(message.deliveryId(), message);
            }
            withdrawn.addAll(next.withdrawn());
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
