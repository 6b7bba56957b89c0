package io.tidewatch.notifier.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who is told instead of a channel that fails. Every channel but the failing ones gets what it is sent at once. */
final class FallbacksTest {
    private static final Plan PAGER = new Plan(
            Map.of(State.WARNING, Set.of("pager"), State.CRITICAL, Set.of("pager"), State.OK, Set.of("pager")),
            List.of(),
            Optional.empty(),
            Duration.ZERO,
            true,
            Optional.empty());

    private final List<String> told = new ArrayList<>();
    private final Map<String, String> fallbacks = new HashMap<>(Map.of("pager", "mail", "mail", "phone"));
    private final Set<String> failing = new HashSet<>();
    private Incident incident = Incident.NONE;
    private int transitions;

    @Test
    void tellsTheFallbackWhatCouldNotBeTold() {
        failing.add("pager");
        enter(State.CRITICAL);
        enter(State.OK);

        assertThat(told)
                .containsExactly("pager PROBLEM failed", "mail PROBLEM", "mail RESOLVED", "pager RECOVERED failed");
    }

    @Test
    void tellsNoFallbackWhileAllIsWell() {
        enter(State.WARNING);
        enter(State.OK);

        assertThat(told).containsExactly("pager PROBLEM", "pager RESOLVED");
    }

    @Test
    void goesOnToTheFallbackOfTheFallback() {
        failing.addAll(Set.of("pager", "mail"));
        enter(State.CRITICAL);

        assertThat(told).containsExactly("pager PROBLEM failed", "mail PROBLEM failed", "phone PROBLEM");
    }

    @Test
    void endsWhereFallbacksLeadBack() {
        fallbacks.put("mail", "pager");
        failing.addAll(Set.of("pager", "mail"));
        enter(State.CRITICAL);

        assertThat(told).containsExactly("pager PROBLEM failed", "mail PROBLEM failed");
    }

    @Test
    void tellsTheFallbackNothingOfTheNextIncidentWhenTheChannelWorksAgain() {
        failing.add("pager");
        enter(State.CRITICAL);
        enter(State.OK);
        told.clear();
        failing.clear();

        enter(State.WARNING);
        enter(State.OK);

        assertThat(told).containsExactly("pager PROBLEM", "pager RESOLVED");
    }

    @Test
    void tellsTheEndToWhoeverHeardOfTheProblemThoughTheChannelHearsOfTheNextState() {
        failing.add("pager");
        enter(State.WARNING);
        failing.clear();
        enter(State.CRITICAL);
        enter(State.OK);

        assertThat(told)
                .containsExactly(
                        "pager PROBLEM failed",
                        "mail PROBLEM",
                        "mail UPDATE",
                        "pager PROBLEM",
                        "mail RESOLVED",
                        "pager RESOLVED");
    }

    private void enter(State state) {
        incident = incident.enter("e" + transitions++, state, Instant.EPOCH);
        NextMessages next = next();
        while (!next.messages().isEmpty()) {
            incident = next.after();
            for (Message message : next.messages()) {
                boolean fails = failing.contains(message.channel());
                told.add(message.channel() + " " + message.kind() + (fails ? " failed" : ""));
                incident = incident.concluded(
                        message.deliveryId(),
                        fails ? Outcome.REFUSED : Outcome.DELIVERED,
                        Instant.EPOCH,
                        Optional.empty());
            }
            next = next();
        }
        incident = next.after();
    }

    private NextMessages next() {
        return NextMessages.of("t/en/al", incident, PAGER, Verdict.NONE, new Traits(), Instant.EPOCH);
    }

    private final class Traits implements ChannelTraits {
        @Override
        public boolean acknowledges(String channel) {
            return true;
        }

        @Override
        public Optional<String> fallback(String channel) {
            return Optional.ofNullable(fallbacks.get(channel));
        }
    }
}
