package io.tidewatch.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.server.TurnQueue.Arrival;
import io.tidewatch.gateway.server.TurnQueue.Limits;
import io.tidewatch.gateway.server.TurnQueue.Owner;
import io.tidewatch.gateway.server.TurnQueue.Waiting;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TurnQueueTest {
    private final TurnQueue queue = new TurnQueue(new Limits(4, 2, 3, 100));
    private final List<String> begun = new ArrayList<>();

    @Test
    void givesALineSoManyTurnsAndLetsSoManyWait() {
        assertThat(arrivals("acme", "1", 6))
                .containsExactly(
                        Arrival.BEGUN, Arrival.BEGUN, Arrival.WAITS, Arrival.WAITS, Arrival.WAITS, Arrival.FULL);
        assertThat(arrivals("other", "1", 1)).containsExactly(Arrival.BEGUN);
    }

    @Test
    void givesAllTogetherSoManyTurns() {
        assertThat(arrivals("a", "1", 2)).containsOnly(Arrival.BEGUN);
        assertThat(arrivals("b", "1", 2)).containsOnly(Arrival.BEGUN);
        assertThat(arrivals("c", "1", 1)).containsOnly(Arrival.WAITS);
    }

    @Test
    void goesRoundTheLines() {
        Waiting first = arrive("a", "1", 1);
        Waiting second = arrive("a", "1", 1);
        Waiting third = arrive("b", "1", 1);
        arrive("b", "1", 1);
        arrivals("a", "1", 2);
        arrivals("b", "1", 2);
        arrivals("c", "1", 2);

        queue.leave(first);
        queue.leave(second);
        queue.leave(third);

        assertThat(begun).containsExactly("a", "c", "b");
    }

    @Test
    void prefersTheAddressThatHasTheFewestTurns() {
        Waiting first = arrive("t1", "strangers", 1);
        Waiting second = arrive("t2", "strangers", 1);
        arrive("t3", "strangers", 1);
        arrive("t4", "strangers", 1);
        for (int tenant = 5; tenant < 100; tenant++) {
            arrive("t" + tenant, "strangers", 1);
        }
        arrive("acme", "own", 1);

        queue.leave(first);
        queue.leave(second);

        assertThat(begun).containsExactly("acme", "t5");
    }

    @Test
    void boundsWhatIsHandledTogetherByItsWeight() {
        Waiting large = arrive("a", "1", 90);
        assertThat(queue.arrive(waiting("b", "1", 11))).isEqualTo(Arrival.WAITS);
        assertThat(queue.arrive(waiting("c", "1", 10))).isEqualTo(Arrival.BEGUN);

        queue.leave(large);

        assertThat(begun).containsExactly("b");
    }

    @Test
    void letsOneThatWeighsMoreThanAllMayGoAlone() {
        Waiting largest = waiting("a", "1", 1_000);
        assertThat(queue.arrive(largest)).isEqualTo(Arrival.BEGUN);
        assertThat(queue.arrive(waiting("b", "1", 1))).isEqualTo(Arrival.WAITS);

        queue.leave(largest);

        assertThat(begun).containsExactly("b");
    }

    @Test
    void forgetsWhoGivesUp() {
        Waiting first = arrive("a", "1", 1);
        Waiting second = arrive("a", "1", 1);
        Waiting third = arrive("a", "1", 1);

        assertThat(queue.giveUp(third)).isTrue();
        assertThat(queue.giveUp(third)).isFalse();
        assertThat(queue.giveUp(first)).isFalse();
        queue.leave(first);
        queue.leave(second);

        assertThat(begun).isEmpty();
        assertThat(arrivals("a", "1", 2)).containsOnly(Arrival.BEGUN);
    }

    private List<Arrival> arrivals(String tenant, String address, int count) {
        List<Arrival> arrivals = new ArrayList<>();
        for (int index = 0; index < count; index++) {
            arrivals.add(queue.arrive(waiting(tenant, address, 1)));
        }
        return arrivals;
    }

    private Waiting arrive(String tenant, String address, long weight) {
        Waiting waiting = waiting(tenant, address, weight);
        queue.arrive(waiting);
        return waiting;
    }

    private Waiting waiting(String tenant, String address, long weight) {
        return new Waiting(new Owner(tenant, address), weight, () -> begun.add(tenant));
    }
}
