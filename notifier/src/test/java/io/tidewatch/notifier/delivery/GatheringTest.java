package io.tidewatch.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class GatheringTest {
    private static final Duration NO_WAIT = Duration.ZERO;
    private static final Grouping GROUPED = Grouping.of("g", Duration.ofSeconds(30), Duration.ofMinutes(5));

    private final Gathering gathering = new Gathering();
    private Instant now = Instant.EPOCH;

    @Test
    void aFewMessagesGoAtOnceAndTheOthersTogether() {
        IntStream.range(0, 4)
                .forEach(i -> assertThat(gathering.admits(Grouping.USUAL, NO_WAIT, now))
                        .isTrue());
        assertThat(gathering.admits(Grouping.USUAL, NO_WAIT, now)).isFalse();
        List.of("a", "b", "c").forEach(id -> gathering.add(id, Grouping.USUAL, NO_WAIT, now, now));

        assertThat(due()).as("nothing more is allowed yet").isEmpty();
        now = now.plusSeconds(30);
        assertThat(due()).containsExactly(List.of("a", "b", "c"));
    }

    @Test
    void whatIsAloneGoesAlone() {
        IntStream.range(0, 4).forEach(i -> gathering.admits(Grouping.USUAL, NO_WAIT, now));
        gathering.add("a", Grouping.USUAL, NO_WAIT, now, now);

        now = now.plusSeconds(30);
        assertThat(due()).containsExactly(List.of("a"));
    }

    @Test
    void theFirstOfAGroupWaitsForOthersAndThenForItsInterval() {
        assertThat(gathering.admits(GROUPED, GROUPED.waitsFor(), now)).isFalse();
        add("a");
        now = now.plusSeconds(20);
        add("b");
        assertThat(due()).isEmpty();

        now = now.plusSeconds(10);
        assertThat(due()).containsExactly(List.of("a", "b"));
        add("c");
        now = now.plusSeconds(200);
        add("d");
        assertThat(due()).isEmpty();
        now = now.plusSeconds(100);
        assertThat(due()).containsExactly(List.of("c", "d"));
    }

    @Test
    void whatDoesNotWaitTakesTheOthersOfItsGroupAlong() {
        add("a");
        gathering.add("critical", GROUPED, NO_WAIT, now, now);

        assertThat(due()).containsExactly(List.of("a", "critical"));
    }

    @Test
    void aGroupHasOneDigestOnItsWayAtATime() {
        add("a");
        add("b");
        now = now.plusSeconds(30);
        gathering.merge("digest", GROUPED, due().get(0));
        add("c");
        now = now.plus(Duration.ofHours(1));

        assertThat(due()).isEmpty();
        assertThat(gathering.digestOf("b")).contains("digest");
        assertThat(gathering.members("digest")).containsExactly("a", "b");
        gathering.dissolve("digest");
        assertThat(due()).containsExactly(List.of("c"));
        assertThat(gathering.digestOf("b")).isEmpty();
    }

    @Test
    void theEndOfWhatWasToldTogetherIsToldWhenAllOfItIsOver() {
        Grouping ends = Grouping.whole("ends");
        assertThat(gathering.admits(ends, NO_WAIT, now)).isFalse();
        gathering.add("a", ends, NO_WAIT, now, now);
        gathering.add("b", ends, NO_WAIT, now, now);

        assertThat(gathering.due(group -> 3, now)).isEmpty();
        gathering.remove("b");
        gathering.add("c", ends, NO_WAIT, now, now);
        gathering.add("d", ends, NO_WAIT, now, now);
        assertThat(gathering.due(group -> 3, now)).containsExactly(List.of("a", "c", "d"));
        assertThat(gathering.isIdle()).isTrue();
    }

    @Test
    void aGroupThatIsTooLargeBecomesSeveralDigests() {
        IntStream.range(0, Gathering.MOST_MEMBERS + 1).forEach(i -> add("m" + i));

        now = now.plusSeconds(30);
        assertThat(due()).singleElement().satisfies(digest -> assertThat(digest).hasSize(Gathering.MOST_MEMBERS));
    }

    private void add(String id) {
        gathering.add(id, GROUPED, GROUPED.waitsFor(), now, now);
    }

    private List<List<String>> due() {
        return gathering.due(group -> 0, now);
    }
}
