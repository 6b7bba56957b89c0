package io.tidewatch.notifier.incident;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.plan.Plan;
import io.tidewatch.notifier.suppression.Verdict;
import io.tidewatch.schema.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is told when: a story a test. Deliveries arrive at once where a test does not say otherwise. */
final class NextMessagesTest {
    private static final Plan MAIL =
            plan(Map.of(State.CRITICAL, Set.of("mail"), State.WARNING, Set.of("mail"), State.OK, Set.of("mail")));
    private static final Verdict SILENCE = new Verdict(Verdict.Withholds.PROBLEMS, "silence si1", Optional.empty());
    private static final Verdict SUPPRESSION =
            new Verdict(Verdict.Withholds.EVERYTHING, "suppression sp1", Optional.empty());

    private final List<String> told = new ArrayList<>();
    private final List<String> withheld = new ArrayList<>();
    private Incident incident = Incident.NONE;
    private Plan plan = MAIL;
    private Verdict verdict = Verdict.NONE;
    private Optional<Outcome> outcome = Optional.of(Outcome.DELIVERED);
    private Instant now = Instant.EPOCH;
    private NextMessages last = NextMessages.of("t/en/al", incident, plan, verdict, channel -> true, now);

    @Test
    void tellsAProblemItsWorseningAndItsEndOnce() {
        enter(State.WARNING).enter(State.CRITICAL).after(Duration.ofHours(1)).enter(State.OK);

        assertThat(told).containsExactly("mail PROBLEM 1 WARNING", "mail UPDATE 1 CRITICAL", "mail RESOLVED 1 OK");
    }

    @Test
    void tellsNobodyThatAnAlarmBeginsWithOk() {
        enter(State.OK);

        assertThat(told).isEmpty();
    }

    @Test
    void theSameTransitionAgainTellsNothing() {
        enter(State.CRITICAL);
        incident = incident.enter("1", State.CRITICAL, now);
        decide();

        assertThat(told).hasSize(1);
    }

    @Test
    void numbersIncidents() {
        enter(State.CRITICAL).enter(State.OK).enter(State.WARNING).enter(State.OK);

        assertThat(told)
                .containsExactly(
                        "mail PROBLEM 1 CRITICAL",
                        "mail RESOLVED 1 OK",
                        "mail PROBLEM 2 WARNING",
                        "mail RESOLVED 2 OK");
    }

    /** Fault of others: the resolve is lost because a silence began after the problem was told. */
    @Test
    void whoeverWasToldOfAProblemIsToldOfItsEndDuringASilence() {
        enter(State.CRITICAL).with(SILENCE).enter(State.WARNING).enter(State.OK);

        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL", "mail RESOLVED 1 OK");
        assertThat(withheld).containsExactly("mail WARNING silence si1");
    }

    @Test
    void aProblemThatCameAndWentDuringASilenceIsNeverTold() {
        with(SILENCE).enter(State.CRITICAL).enter(State.OK).with(Verdict.NONE);

        assertThat(told).isEmpty();
        assertThat(withheld).containsExactly("mail CRITICAL silence si1");
    }

    /** Fault of others: told at the next repeat, hours later, or never. */
    @Test
    void tellsTheProblemAtTheMomentTheSilenceEnds() {
        with(SILENCE).enter(State.CRITICAL).with(Verdict.NONE);

        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL");
    }

    @Test
    void aSuppressionWithholdsTheEndAndItsOwnEndTellsTheDifference() {
        enter(State.CRITICAL).with(SUPPRESSION).enter(State.OK);
        assertThat(told).hasSize(1);

        with(Verdict.NONE);

        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL", "mail RESOLVED 1 OK");
    }

    @Test
    void aProblemThatIsThereAgainWhenTheSuppressionEndsIsNotToldAgain() {
        enter(State.CRITICAL)
                .with(SUPPRESSION)
                .enter(State.OK)
                .enter(State.CRITICAL)
                .with(Verdict.NONE);
        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL");

        enter(State.OK);

        assertThat(told)
                .as("by the number that it knows")
                .containsExactly("mail PROBLEM 1 CRITICAL", "mail RESOLVED 1 OK");
    }

    @Test
    void tellsAProblemOnlyWhenItLasts() {
        plan = new Plan(MAIL.channels(), List.of(), Optional.empty(), Duration.ofMinutes(2), false, Optional.empty());

        enter(State.CRITICAL);
        assertThat(last.lookAgainAt()).contains(now.plus(Duration.ofMinutes(2)));
        after(Duration.ofMinutes(1)).enter(State.OK);
        assertThat(told).isEmpty();

        enter(State.CRITICAL).after(Duration.ofMinutes(2));
        assertThat(told).containsExactly("mail PROBLEM 2 CRITICAL");
    }

    @Test
    void criticalNeedNotWait() {
        plan = new Plan(MAIL.channels(), List.of(), Optional.empty(), Duration.ofMinutes(2), true, Optional.empty());

        enter(State.WARNING).enter(State.CRITICAL);

        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL");
    }

    @Test
    void remindsAsLongAsNobodyTakesCare() {
        plan = new Plan(
                MAIL.channels(), List.of(), Optional.of(Duration.ofHours(1)), Duration.ZERO, false, Optional.empty());

        enter(State.CRITICAL).after(Duration.ofMinutes(59));
        assertThat(told).hasSize(1);
        after(Duration.ofMinutes(1)).after(Duration.ofHours(1));
        assertThat(told.subList(1, told.size()))
                .containsExactly("mail REMINDER 1 CRITICAL", "mail REMINDER 1 CRITICAL");

        acknowledge(false).after(Duration.ofHours(3));
        assertThat(told.subList(3, told.size())).containsExactly("mail ACKNOWLEDGED 1 CRITICAL");
    }

    @Test
    void aWorseStateEndsANormalAcknowledgementAndNotAStickyOne() {
        enter(State.WARNING).acknowledge(false).enter(State.CRITICAL);
        assertThat(told.subList(2, told.size())).containsExactly("mail UPDATE 1 CRITICAL");

        enter(State.OK).enter(State.WARNING).acknowledge(true).enter(State.CRITICAL);
        assertThat(told.subList(4, told.size()))
                .containsExactly("mail PROBLEM 2 WARNING", "mail ACKNOWLEDGED 2 WARNING");
        assertThat(withheld).containsExactly("mail CRITICAL acknowledged by jo");
    }

    @Test
    void anAcknowledgementEndsAtItsTime() {
        plan = new Plan(
                MAIL.channels(),
                List.of(),
                Optional.of(Duration.ofMinutes(10)),
                Duration.ZERO,
                false,
                Optional.empty());
        enter(State.CRITICAL);
        acknowledge(false, Optional.of(now.plus(Duration.ofHours(1))));
        assertThat(last.lookAgainAt()).contains(now.plus(Duration.ofHours(1)));

        after(Duration.ofHours(1));

        assertThat(told.get(told.size() - 1)).isEqualTo("mail REMINDER 1 CRITICAL");
    }

    @Test
    void remindsAgainWhenNobodyTakesCareAnyMore() {
        plan = new Plan(
                MAIL.channels(), List.of(), Optional.of(Duration.ofHours(1)), Duration.ZERO, false, Optional.empty());
        enter(State.CRITICAL).acknowledge(true).after(Duration.ofHours(5));
        assertThat(told).hasSize(2);

        incident = incident.unacknowledge();
        decide();

        assertThat(told.subList(2, told.size())).containsExactly("mail REMINDER 1 CRITICAL");
    }

    @Test
    void withdrawsThatSomebodyTakesCareWhenNobodyDoesAnyMore() {
        enter(State.CRITICAL);
        outcome = Optional.empty();
        acknowledge(true);
        String unsent = last.messages().get(0).deliveryId();

        incident = incident.unacknowledge();
        decide();

        assertThat(last.withdrawn()).containsExactly(unsent);
    }

    @Test
    void theSameAcknowledgementAgainChangesNothing() {
        enter(State.CRITICAL).acknowledge(true);
        Incident acknowledged = incident;

        after(Duration.ofMinutes(1)).acknowledge(true);

        assertThat(incident).isEqualTo(acknowledged);
        assertThat(told).hasSize(2);
    }

    @Test
    void anotherAcknowledgementTakesThePlaceOfTheFirstAndIsNotTold() {
        enter(State.CRITICAL).acknowledge(false).acknowledge(true);

        assertThat(incident.acknowledgement().map(Acknowledgement::sticky)).contains(true);
        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL", "mail ACKNOWLEDGED 1 CRITICAL");
    }

    @Test
    void nothingIsAcknowledgedThatIsOver() {
        enter(State.CRITICAL).enter(State.OK).acknowledge(true);

        assertThat(incident.acknowledgement()).isEmpty();
        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL", "mail RESOLVED 1 OK");
    }

    /** Whoever has not been told of the problem when somebody takes care hears of neither. */
    @Test
    void whoIsNotToldOfAnAcknowledgedProblemIsNotToldOfItsEnd() {
        plan = plan(Map.of(State.WARNING, Set.of("mail"), State.CRITICAL, Set.of("mail", "pager")));

        enter(State.WARNING).acknowledge(true).enter(State.CRITICAL).enter(State.OK);

        assertThat(told).containsExactly("mail PROBLEM 1 WARNING", "mail ACKNOWLEDGED 1 WARNING", "mail RESOLVED 1 OK");
        assertThat(withheld).containsExactly("mail CRITICAL acknowledged by jo", "pager CRITICAL acknowledged by jo");
    }

    @Test
    void escalatesUntilSomebodyTakesCareAndTellsAllOfTheEnd() {
        plan = new Plan(
                MAIL.channels(),
                List.of(
                        new Plan.EscalationStep(Duration.ofMinutes(5), Set.of("pager")),
                        new Plan.EscalationStep(Duration.ofMinutes(10), Set.of("boss"))),
                Optional.empty(),
                Duration.ZERO,
                false,
                Optional.empty());

        enter(State.CRITICAL).after(Duration.ofMinutes(5)).acknowledge(true).after(Duration.ofHours(1));
        enter(State.OK);

        assertThat(told)
                .containsExactly(
                        "mail PROBLEM 1 CRITICAL",
                        "pager PROBLEM 1 CRITICAL",
                        "mail ACKNOWLEDGED 1 CRITICAL",
                        "pager ACKNOWLEDGED 1 CRITICAL",
                        "mail RESOLVED 1 OK",
                        "pager RESOLVED 1 OK");
    }

    @Test
    void whoIsOnlyToldOfEndsIsToldWhenThereWasSomethingToTell() {
        plan = plan(Map.of(State.CRITICAL, Set.of("pager"), State.OK, Set.of("web")));

        enter(State.CRITICAL).enter(State.OK);

        assertThat(told).containsExactly("pager PROBLEM 1 CRITICAL", "pager RESOLVED 1 OK", "web RECOVERED 1 OK");
    }

    @Test
    void aStateThatThePlanDoesNotListIsNotTold() {
        plan = plan(Map.of(State.CRITICAL, Set.of("pager")));

        enter(State.CRITICAL).enter(State.WARNING).enter(State.UNKNOWN).enter(State.OK);

        assertThat(told).containsExactly("pager PROBLEM 1 CRITICAL", "pager RESOLVED 1 OK");
    }

    @Test
    void anotherPlanDoesNotForgetWhoWasTold() {
        enter(State.CRITICAL);
        plan = plan(Map.of(State.CRITICAL, Set.of("pager")));

        decide();
        enter(State.OK);

        assertThat(told)
                .containsExactly(
                        "mail PROBLEM 1 CRITICAL",
                        "pager PROBLEM 1 CRITICAL",
                        "mail RESOLVED 1 OK",
                        "pager RESOLVED 1 OK");
    }

    @Test
    void withdrawsWhatIsNoLongerTrueAndWaitsForItsFate() {
        outcome = Optional.empty();
        enter(State.CRITICAL);
        String unsent = last.messages().get(0).deliveryId();

        enter(State.OK);
        assertThat(last.withdrawn()).containsExactly(unsent);
        assertThat(told).hasSize(1);

        incident = incident.concluded(unsent, Outcome.OVERTAKEN, now, Optional.empty());
        decide();
        assertThat(told)
                .as("who is told of ends hears what it missed")
                .containsExactly("mail PROBLEM 1 CRITICAL", "mail RECOVERED 1 OK");
    }

    @Test
    void whatWasDeliveredAfterAllIsResolved() {
        outcome = Optional.empty();
        enter(State.CRITICAL);
        String slow = last.messages().get(0).deliveryId();
        enter(State.OK);

        incident = incident.concluded(slow, Outcome.DELIVERED, now, Optional.empty());
        decide();

        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL", "mail RESOLVED 1 OK");
    }

    @Test
    void aProblemThatWasSurelyNotDeliveredIsNotTriedAgainAndHasNoEnd() {
        plan = plan(Map.of(State.CRITICAL, Set.of("pager")));
        outcome = Optional.of(Outcome.REFUSED);

        enter(State.CRITICAL).after(Duration.ofHours(1)).enter(State.OK);

        assertThat(told).containsExactly("pager PROBLEM 1 CRITICAL");
    }

    @Test
    void aProblemThatMayHaveBeenDeliveredHasAnEnd() {
        outcome = Optional.of(Outcome.LOST);
        enter(State.CRITICAL);
        outcome = Optional.of(Outcome.DELIVERED);

        enter(State.OK);

        assertThat(told).containsExactly("mail PROBLEM 1 CRITICAL", "mail RESOLVED 1 OK");
    }

    private static Plan plan(Map<State, Set<String>> channels) {
        return new Plan(channels, List.of(), Optional.empty(), Duration.ZERO, false, Optional.empty());
    }

    private NextMessagesTest enter(State state) {
        incident = incident.enter(now + " " + state + " " + told.size() + withheld.size(), state, now);
        return decide();
    }

    private NextMessagesTest after(Duration time) {
        now = now.plus(time);
        return decide();
    }

    private NextMessagesTest with(Verdict other) {
        verdict = other;
        return decide();
    }

    private NextMessagesTest acknowledge(boolean sticky) {
        return acknowledge(sticky, Optional.empty());
    }

    private NextMessagesTest acknowledge(boolean sticky, Optional<Instant> until) {
        incident = incident.acknowledge(new Acknowledgement(sticky, incident.state(), until, "jo", "on it", now));
        return decide();
    }

    private NextMessagesTest decide() {
        NextMessages first = NextMessages.of("t/en/al", incident, plan, verdict, channel -> true, now);
        last = first;
        NextMessages next = first;
        while (true) {
            incident = next.after();
            next.withheld()
                    .forEach(message ->
                            withheld.add(message.channel() + " " + message.state() + " " + message.reason()));
            for (Message message : next.messages()) {
                told.add(message.channel() + " " + message.kind() + " " + message.incident() + " " + message.state());
                outcome.ifPresent(
                        how -> incident = incident.concluded(message.deliveryId(), how, now, Optional.empty()));
            }
            if (next.messages().isEmpty() || outcome.isEmpty()) {
                return this;
            }
            next = NextMessages.of("t/en/al", incident, plan, verdict, channel -> true, now);
        }
    }
}
