package io.tidewatch.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.incident.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A lane before receivers that confirm, refuse, are busy, or take a message and say nothing, over withdrawals and restarts:
 * each message ends once, and its outcome never says that a message was not received that was.
 *
 * <p>{@code -Dtidewatch.seed=…} plays the stories of a run that failed.
 */
final class RandomReceiversTest {
    private static final int STORIES = 2_000;
    private static final int STEPS = 80;

    private final long seed = Long.getLong("tidewatch.seed", new Random().nextLong());
    private final Random random = new Random(seed);

    @Test
    void everyMessageEndsOnceAndAsItWas() {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        for (int i = 0; i < STORIES; i++) {
            Story story = new Story();
            for (int step = 0; step < STEPS; step++) {
                story.step();
            }
            story.end();
            story.ended.values().forEach(outcome -> outcomes.merge(outcome, 1, Integer::sum));
        }
        // A generator that makes nothing happen would prove nothing.
        assertThat(outcomes).as("seed %d", seed).containsOnlyKeys(Outcome.values());
        assertThat(outcomes.values()).allMatch(count -> count > STORIES / 10);
    }

    private final class Story {
        private final Set<String> received = new HashSet<>();
        private final Map<String, Outcome> ended = new HashMap<>();
        private final List<String> underWay = new ArrayList<>();
        private Lane lane = new Lane(Patience.USUAL, new Random(random.nextLong()));
        private Instant now = Instant.EPOCH;
        private int messages;

        void step() {
            now = now.plusSeconds(random.nextInt(3));
            switch (random.nextInt(8)) {
                case 0, 1 -> lane.add("m" + messages++, now);
                case 2 -> end(lane.withdraw("m" + random.nextInt(messages + 1)));
                case 3 -> restart();
                case 4 -> now = now.plusSeconds(random.nextInt(40_000));
                default -> attempt();
            }
            lane.start(now).forEach(id -> {
                assertThat(underWay).as("seed %d: one attempt at a time", seed).doesNotContain(id);
                assertThat(ended).as("seed %d: over", seed).doesNotContainKey(id);
                underWay.add(id);
            });
        }

        /** The receiver confirms everything from now on. */
        void end() {
            while (!lane.queued().isEmpty()) {
                List.copyOf(underWay).forEach(id -> conclude(id, Result.CONFIRMED));
                lane.nextStart().filter(next -> next.isAfter(now)).ifPresent(next -> now = next);
                underWay.addAll(lane.start(now));
            }
            assertThat(ended).as("seed %d", seed).hasSize(messages);
        }

        private void attempt() {
            if (!underWay.isEmpty()) {
                Result[] results = Result.values();
                conclude(underWay.get(random.nextInt(underWay.size())), results[random.nextInt(results.length)]);
            }
        }

        private void conclude(String id, Result result) {
            underWay.remove(id);
            if (result == Result.CONFIRMED || (result == Result.UNKNOWN && random.nextBoolean())) {
                received.add(id);
            }
            end(lane.attempted(id, Attempt.of(result, "so it went"), now));
        }

        /** Of what was under way, nobody knows what became of it. */
        private void restart() {
            List<Queued> stored = lane.queued();
            underWay.stream().filter(id -> random.nextBoolean()).forEach(received::add);
            underWay.clear();
            lane = new Lane(Patience.USUAL, new Random(random.nextLong()));
            stored.forEach(message -> lane.restore(message, now));
        }

        private void end(Optional<Lane.Ended> end) {
            end.ifPresent(message -> {
                assertThat(ended.put(message.deliveryId(), message.outcome()))
                        .as("seed %d: ended before", seed)
                        .isNull();
                boolean got = received.contains(message.deliveryId());
                switch (message.outcome()) {
                    case DELIVERED ->
                        assertThat(got).as("seed %d, %s", seed, message).isTrue();
                    case REFUSED, OVERTAKEN ->
                        assertThat(got).as("seed %d, %s", seed, message).isFalse();
                    case LOST -> {}
                }
            });
        }
    }
}
