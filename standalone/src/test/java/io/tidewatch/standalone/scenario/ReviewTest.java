package io.tidewatch.standalone.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.schema.State;
import io.tidewatch.standalone.scenario.Scenario.Expectation;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ReviewTest {
    private static final Transition UP = new Transition(Duration.ofSeconds(31), State.UNKNOWN, State.OK, "fine");
    private static final Transition DOWN =
            new Transition(Duration.ofMillis(61_500), State.OK, State.CRITICAL, "refused");
    private static final Transition UP_AGAIN = new Transition(Duration.ofSeconds(90), State.CRITICAL, State.OK, "fine");

    @Test
    void passesWhenAllThatWasPromisedHappened() {
        Review review = review(List.of(exactly(UP), exactly(DOWN)), UP, DOWN);

        assertThat(review.passed()).isTrue();
    }

    @Test
    void letsPreviousAndStatusBeLeftOut() {
        Review review = review(List.of(new Expectation(UP.at(), Optional.empty(), State.OK, Optional.empty())), UP);

        assertThat(review.passed()).isTrue();
    }

    @Test
    void showsWhatIsMissingAmongWhatHappened() {
        Review review = review(List.of(exactly(UP), exactly(DOWN), exactly(UP_AGAIN)), UP, UP_AGAIN);

        assertThat(review.passed()).isFalse();
        assertThat(review.lines())
                .containsExactly(
                        "       31s  UNKNOWN  -> OK        'fine'",
                        "-  61500ms  OK       -> CRITICAL  'refused'   <- promised, but did not happen",
                        "       90s  CRITICAL -> OK        'fine'");
    }

    @Test
    void showsWhatNobodyPromised() {
        Review review = review(List.of(exactly(UP)), UP, DOWN);

        assertThat(review.passed()).isFalse();
        assertThat(review.lines())
                .containsExactly(
                        "       31s  UNKNOWN  -> OK        'fine'",
                        "+  61500ms  OK       -> CRITICAL  'refused'   <- happened, but is not promised");
    }

    @Test
    void tellsApartTimePreviousStateAndStatus() {
        Duration at = UP.at();
        assertThat(review(List.of(exactly(UP)), new Transition(at.plusMillis(1), State.UNKNOWN, State.OK, "fine"))
                        .passed())
                .isFalse();
        assertThat(review(List.of(exactly(UP)), new Transition(at, State.WARNING, State.OK, "fine"))
                        .passed())
                .isFalse();
        assertThat(review(List.of(exactly(UP)), new Transition(at, State.UNKNOWN, State.WARNING, "fine"))
                        .passed())
                .isFalse();
        assertThat(review(List.of(exactly(UP)), new Transition(at, State.UNKNOWN, State.OK, "fine "))
                        .passed())
                .isFalse();
    }

    @Test
    void wantsThePromisedOrder() {
        Review review = review(List.of(exactly(DOWN), exactly(UP)), UP, DOWN);

        assertThat(review.passed()).isFalse();
    }

    @Test
    void failsWhenNothingIsPromised() {
        Review review = Review.of(performance(Optional.empty(), Optional.empty()));

        assertThat(review.passed()).isFalse();
        assertThat(review.lines()).singleElement().asString().contains("no 'transitions'");
    }

    @Test
    void failsWhenTheEngineDisabledTheAlarm() {
        Review review = Review.of(performance(Optional.of(List.of()), Optional.of("it divided by zero")));

        assertThat(review.passed()).isFalse();
        assertThat(review.lines()).containsExactly("the engine disabled the alarm: it divided by zero");
    }

    private static Review review(List<Expectation> expected, Transition... happened) {
        return Review.of(performance(Optional.of(expected), Optional.empty(), happened));
    }

    private static Performance performance(
            Optional<List<Expectation>> expected, Optional<String> disabledReason, Transition... happened) {
        Scenario scenario = new Scenario(
                "f.yaml:1", "a story", "remote.http", Duration.ofSeconds(30), List.of(), "", List.of(), expected);
        return new Performance(scenario, List.of(happened), disabledReason);
    }

    private static Expectation exactly(Transition transition) {
        return new Expectation(
                transition.at(),
                Optional.of(transition.previous()),
                transition.state(),
                Optional.of(transition.status()));
    }
}
