package io.tidewatch.notifier.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.notifier.delivery.Attempt.Result;
import io.tidewatch.notifier.delivery.Merging;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every channel does. A test of one says how its receiver understands what it gets. */
abstract class ChannelContract {
    static final String HOSTILE =
            "\"quotes\" back\\slash \r\nX-Injected: yes\n\n\u0000\u001b[31m \u2028 <!channel> & </b> 😀 {{x}} ](http://evil)";

    abstract Channel channel();

    /** Details with which a receiver that confirms is reached. */
    abstract ChannelDetails details();

    /** What comes of an attempt to tell a receiver that is not there. */
    abstract Attempt toNobody();

    /** What has been received so far, each checked to be whole and within the receiver's limits. */
    abstract List<Told> received();

    @Test
    void tellsAProblemItsChangesAndItsEndAsOneIncident() {
        assertThat(send(MessageKind.PROBLEM, State.WARNING)).isEqualTo(Attempt.confirmed());
        assertThat(send(MessageKind.UPDATE, State.CRITICAL)).isEqualTo(Attempt.confirmed());
        assertThat(send(MessageKind.REMINDER, State.UNKNOWN)).isEqualTo(Attempt.confirmed());
        assertThat(send(MessageKind.RESOLVED, State.OK)).isEqualTo(Attempt.confirmed());

        assertThat(received()).extracting(Told::kind).containsExactly("problem", "problem", "problem", "resolved");
        assertThat(received())
                .extracting(Told::incident)
                .containsOnly(received().get(0).incident());
    }

    @Test
    void saysWhatHasHappened() {
        send(MessageKind.PROBLEM, State.CRITICAL);

        assertThat(received())
                .singleElement()
                .satisfies(told -> assertThat(told.text()).contains("CRITICAL", "HTTP", "web1", "code=500,rt=0.257s"));
    }

    @Test
    void tellsThatSomebodyTakesCareOfTheSameIncident() {
        if (channel().acknowledges()) {
            send(MessageKind.PROBLEM, State.CRITICAL);

            assertThat(send(MessageKind.ACKNOWLEDGED, State.CRITICAL)).isEqualTo(Attempt.confirmed());

            assertThat(received()).extracting(Told::kind).containsExactly("problem", "acknowledged");
            assertThat(received())
                    .extracting(Told::incident)
                    .containsOnly(received().get(0).incident());
        }
    }

    @Test
    void confirmsTheEndOfAProblemThatOnlyOthersWereToldOf() {
        assertThat(send(MessageKind.RECOVERED, State.OK)).isEqualTo(Attempt.confirmed());

        assertThat(received()).allMatch(told -> told.kind().equals("resolved"));
    }

    @Test
    void tellsOfManyAsOneIncident() {
        if (channel().merging() == Merging.NEVER) {
            return;
        }
        Attempt begin = channel().send(Deliveries.digest(MessageKind.PROBLEM, null), details(), Deliveries.NOW);
        Attempt end = channel()
                .send(
                        Deliveries.digest(MessageKind.RESOLVED, "d-DIGEST-" + MessageKind.PROBLEM),
                        details(),
                        Deliveries.NOW);

        assertThat(List.of(begin, end)).containsOnly(Attempt.confirmed());
        assertThat(received()).hasSize(2);
        assertThat(received())
                .extracting(Told::incident)
                .containsOnly(received().get(0).incident());
        assertThat(received().get(0).text()).contains("60 alarms on 2 entities: 60 CRITICAL", "web1", "web2");
    }

    @Test
    void confirmsATest() {
        assertThat(send(MessageKind.TEST, State.WARNING)).isEqualTo(Attempt.confirmed());

        assertThat(received()).isNotEmpty();
    }

    static List<String> texts() {
        return List.of(
                HOSTILE,
                "",
                "x".repeat(100_000),
                "😀".repeat(50_000),
                "a" + "😀".repeat(3_000),
                "中".repeat(20_000),
                "\"".repeat(20_000));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void getsTextsOfAnyLengthAndWithAnyCharactersThrough(String text) {
        Delivery delivery = Deliveries.of(MessageKind.PROBLEM, State.CRITICAL, text, text);

        // A text may be too long for a template of its owner, which the reason says then.
        assertThat(channel().send(delivery, details(), Deliveries.NOW).result()).isEqualTo(Result.CONFIRMED);

        assertThat(received()).singleElement().satisfies(told -> {
            assertThat(told.kind()).isEqualTo("problem");
            assertThat(told.text()).contains("CRITICAL").doesNotContain("\uFFFD", "?");
        });
    }

    @Test
    void aReceiverThatIsNotThereHasNotGotIt() {
        Attempt attempt = toNobody();

        assertThat(attempt.result()).isEqualTo(Result.NOT_RECEIVED);
        assertThat(attempt.reason()).isNotEmpty();
    }

    @Test
    void refusesDetailsWithoutWhatItNeeds() {
        Attempt attempt = channel()
                .send(Deliveries.of(MessageKind.PROBLEM, State.CRITICAL), new ChannelDetails(Map.of()), Deliveries.NOW);

        assertThat(attempt.result()).isEqualTo(Result.REFUSED);
        assertThat(attempt.reason()).matches("its .* (is|are) missing");
    }

    @Test
    void hasNothingToSendOfAWithdrawal() {
        assertThatThrownBy(() -> channel().send(Deliveries.withdrawal(), details(), Deliveries.NOW))
                .isInstanceOf(IllegalArgumentException.class);
    }

    Attempt send(MessageKind kind, State state) {
        return channel().send(Deliveries.of(kind, state), details(), Deliveries.NOW);
    }
}
