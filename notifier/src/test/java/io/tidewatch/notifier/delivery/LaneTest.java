package io.tidewatch.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.incident.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LaneTest {
    private static final Attempt BUSY = Attempt.of(Result.NOT_RECEIVED, "503");
    private static final Attempt TIMEOUT = Attempt.of(Result.UNKNOWN, "no answer within 15 s");
    private static final Attempt UNAUTHORIZED = Attempt.of(Result.REFUSED, "401");

    private Instant now = Instant.EPOCH;
    private Lane lane = new Lane(Patience.USUAL, new Random(1));

    @Test
    void triesAMessageAtOnceAndItEndsWhenItIsConfirmed() {
        lane.add("a", now);

        assertThat(lane.start(now)).containsExactly("a");
        assertThat(lane.start(now)).as("under way").isEmpty();
        assertThat(lane.attempted("a", Attempt.confirmed(), now)).contains(new Lane.Ended("a", Outcome.DELIVERED, ""));
        assertThat(lane.queued()).isEmpty();
    }

    @Test
    void aMessageThatIsThereAlreadyIsNotAddedAgain() {
        lane.add("a", now);
        lane.start(now);

        lane.add("a", now);

        assertThat(lane.start(now)).isEmpty();
    }

    @Test
    void triesSomeAtATimeInTheirOrder() {
        List.of("a", "b", "c", "d", "e").forEach(id -> lane.add(id, now));

        assertThat(lane.start(now)).containsExactly("a", "b", "c", "d");
        lane.attempted("b", Attempt.confirmed(), now);
        assertThat(lane.start(now)).containsExactly("e");
    }

    @Test
    void triesAgainLaterAndMeanwhileTheOthers() {
        lane.add("a", now);
        lane.start(now);
        assertThat(lane.attempted("a", BUSY, now)).isEmpty();
        lane.add("b", now);

        Instant next = lane.queued().get(0).notBefore();
        assertThat(next).isBetween(now, now.plusSeconds(1));
        assertThat(lane.start(now)).contains("b");
        assertThat(lane.start(now.plusSeconds(1))).doesNotContain("b");
    }

    @Test
    void whatTheReceiverRefusesIsGivenUp() {
        lane.add("a", now);
        lane.start(now);

        assertThat(lane.attempted("a", UNAUTHORIZED, now)).contains(new Lane.Ended("a", Outcome.REFUSED, "401"));
    }

    @Test
    void whatMayHaveBeenReceivedBeforeItWasRefusedIsLost() {
        lane.add("a", now);
        attempt("a", TIMEOUT);

        assertThat(attempt("a", UNAUTHORIZED)).contains(new Lane.Ended("a", Outcome.LOST, "401"));
    }

    @Test
    void givesUpAfterItsAge() {
        lane.add("a", now);
        Instant end = now.plus(Patience.USUAL.ageLimit());
        Optional<Lane.Ended> ended = Optional.empty();
        int attempts = 0;
        while (ended.isEmpty()) {
            ended = attempt("a", BUSY);
            attempts++;
        }

        assertThat(now).isBetween(end, end.plus(Patience.USUAL.longestBackoff()));
        assertThat(ended).contains(new Lane.Ended("a", Outcome.REFUSED, "given up after 24 h: 503"));
        assertThat(attempts).isBetween(100, 400);
    }

    @Test
    void holdsTheChannelUpAfterFailuresInARowAndSendsOneAhead() {
        for (int i = 0; i < 8; i++) {
            lane.add("m" + i, now);
        }
        for (int failures = 0; failures < 5; failures++) {
            String id = failures < 4 ? "m" + failures : "m4";
            lane.start(now);
            lane.attempted(id, BUSY, now);
        }
        assertThat(lane.isHeldUp()).isTrue();
        assertThat(lane.start(now)).isEmpty();
        Instant again = lane.nextStart().orElseThrow();
        assertThat(again).isEqualTo(now.plusSeconds(1));

        List<String> ahead = lane.start(again);
        assertThat(ahead).hasSizeLessThanOrEqualTo(1);
        now = again;
        lane.queued().stream()
                .filter(Queued::inFlight)
                .map(Queued::deliveryId)
                .toList()
                .forEach(id -> lane.attempted(id, Attempt.confirmed(), now));

        assertThat(lane.isHeldUp()).isFalse();
        assertThat(lane.start(now.plusSeconds(2))).hasSize(4);
    }

    @Test
    void waitsWithAllMessagesForAsLongAsTheReceiverAsks() {
        Instant later = now.plus(Duration.ofMinutes(10));
        lane.add("a", now);
        lane.add("b", now);
        lane.start(now);
        lane.attempted("a", new Attempt(Result.NOT_RECEIVED, "429", Optional.of(later)), now);
        lane.attempted("b", BUSY, now);

        assertThat(lane.start(later.minusMillis(1))).isEmpty();
        assertThat(lane.nextStart()).contains(later);
        assertThat(lane.start(later)).containsExactly("a", "b");
    }

    @Test
    void aWithdrawnMessageThatWasNeverTriedEndsAtOnce() {
        lane.add("a", now);

        assertThat(lane.withdraw("a"))
                .contains(new Lane.Ended("a", Outcome.OVERTAKEN, "a later state has overtaken it"));
        assertThat(lane.start(now)).isEmpty();
    }

    @Test
    void aWithdrawnMessageThatIsUnderWayEndsAsItsAttemptDoes() {
        lane.add("a", now);
        lane.start(now);
        assertThat(lane.withdraw("a")).isEmpty();
        assertThat(lane.attempted("a", BUSY, now).orElseThrow().outcome()).isEqualTo(Outcome.OVERTAKEN);

        lane.add("b", now);
        lane.start(now.plusSeconds(60));
        lane.withdraw("b");
        assertThat(lane.attempted("b", Attempt.confirmed(), now).orElseThrow().outcome())
                .isEqualTo(Outcome.DELIVERED);
    }

    /** Whoever may have heard of a problem has to hear of its end, and so its fate has to be known. */
    @Test
    void aWithdrawnMessageThatMayHaveBeenReceivedIsTriedUntilItsFateIsKnown() {
        lane.add("a", now);
        attempt("a", TIMEOUT);

        assertThat(lane.withdraw("a")).isEmpty();
        assertThat(attempt("a", BUSY)).isEmpty();
        assertThat(attempt("a", Attempt.confirmed()).orElseThrow().outcome()).isEqualTo(Outcome.DELIVERED);
    }

    @Test
    void afterARestartWhatCouldHaveBeenUnderWayMayHaveBeenReceived() {
        lane.add("due", now);
        lane.add("waiting", now);
        attempt("waiting", new Attempt(Result.NOT_RECEIVED, "503", Optional.empty()));
        List<Queued> stored = lane.queued();
        Queued waiting = stored.get(1);

        lane = new Lane(Patience.USUAL, new Random(2));
        Instant restart = waiting.notBefore().minusMillis(1);
        stored.forEach(message -> lane.restore(message, restart));

        assertThat(lane.withdraw("waiting")).isPresent();
        assertThat(lane.withdraw("due")).as("it may have been under way").isEmpty();
    }

    @Test
    void whatIsNotItsOwnIsNotItsConcern() {
        assertThat(lane.attempted("a", Attempt.confirmed(), now)).isEmpty();
        assertThat(lane.withdraw("a")).isEmpty();
        assertThat(lane.nextStart()).isEmpty();
    }

    /** Waits until the message is due, and tries it. */
    private Optional<Lane.Ended> attempt(String id, Attempt result) {
        while (lane.queued().stream().noneMatch(message -> message.deliveryId().equals(id) && message.inFlight())) {
            if (lane.start(now).isEmpty()) {
                now = lane.nextStart().orElseThrow();
            }
        }
        return lane.attempted(id, result, now);
    }
}
