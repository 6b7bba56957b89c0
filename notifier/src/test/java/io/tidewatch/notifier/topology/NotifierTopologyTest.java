package io.tidewatch.notifier.topology;

import static io.tidewatch.notifier.topology.NotifierRig.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.notifier.delivery.Attempt;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.CommandKind;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.State;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class NotifierTopologyTest {
    private final NotifierRig rig;

    NotifierTopologyTest(@TempDir Path stateDir) {
        rig = new NotifierRig(stateDir);
    }

    @BeforeEach
    void configure() {
        rig.configure(notification("hook"));
        rig.configure(plan());
        rig.configureAlarm(false);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void tellsAProblemItsWorseningAndItsEndInOrder() {
        rig.enter(State.OK, State.WARNING);
        rig.conclude(1);
        rig.enter(State.WARNING, State.CRITICAL);
        rig.conclude(1);
        rig.enter(State.CRITICAL, State.OK);
        rig.conclude(1);

        assertThat(rig.sent())
                .extracting(Delivery::getKind)
                .containsExactly(MessageKind.PROBLEM, MessageKind.UPDATE, MessageKind.RESOLVED);
        assertThat(rig.sent()).extracting(Delivery::getIncident).containsOnly(1L);
        assertThat(rig.sent()).extracting(Delivery::getDeliveryId).doesNotHaveDuplicates();
        assertThat(rig.incident().getReceivers().get("nt1").getTold()).isNull();
    }

    @Test
    void sendsNothingWhileAMessageIsOnItsWay() {
        rig.enter(State.OK, State.WARNING);
        rig.enter(State.WARNING, State.CRITICAL);
        rig.conclude(1);
        rig.conclude(1);

        assertThat(rig.sent()).extracting(Delivery::getState).containsExactly(State.WARNING, State.CRITICAL);
    }

    @Test
    void triesAgainUnderTheSameIdWhenAReceiverWasBusy() {
        rig.answerNext(Attempt.of(Attempt.Result.NOT_RECEIVED, "status 503"));

        rig.enter(State.OK, State.CRITICAL);
        rig.conclude(1);
        rig.advance(Duration.ofSeconds(2));
        rig.conclude(1);

        assertThat(rig.sent()).hasSize(2);
        assertThat(rig.sent().get(1).getDeliveryId())
                .isEqualTo(rig.sent().get(0).getDeliveryId());
        assertThat(rig.incident().getReceivers().get("nt1").getTold().getState())
                .isEqualTo(State.CRITICAL);
    }

    @Test
    void recordsWhatIsSuppressedAndTellsTheDifferenceAtItsEnd() {
        rig.suppress("sp1", START, START.plus(Duration.ofMinutes(10)));

        rig.enter(State.OK, State.CRITICAL);
        assertThat(rig.attempts())
                .singleElement()
                .returns(AttemptResult.SUPPRESSED, DeliveryAttempt::getResult)
                .returns("suppression sp1", DeliveryAttempt::getReason)
                .returns("nt1", DeliveryAttempt::getNotificationId);
        rig.advance(Duration.ofMinutes(9));
        assertThat(rig.sent()).isEmpty();

        rig.advance(Duration.ofMinutes(2));
        rig.conclude(1);
        assertThat(rig.sent()).extracting(Delivery::getKind).containsExactly(MessageKind.PROBLEM);
    }

    @Test
    void recordsThatAMessageWasOvertakenBeforeItWasSent() {
        rig.answerNext(Attempt.of(Attempt.Result.NOT_RECEIVED, "status 503"));

        rig.enter(State.OK, State.CRITICAL);
        rig.conclude(1);
        rig.attempts();
        rig.enter(State.CRITICAL, State.OK);
        rig.conclude(1);

        assertThat(rig.attempts()).extracting(DeliveryAttempt::getResult).contains(AttemptResult.OVERTAKEN);
        assertThat(rig.sent())
                .extracting(Delivery::getKind)
                .containsExactly(MessageKind.PROBLEM, MessageKind.RECOVERED);
    }

    @Test
    void givesUpWhenTheNotificationIsRefused() {
        rig.answerNext(Attempt.of(Attempt.Result.REFUSED, "status 404"));

        rig.enter(State.OK, State.CRITICAL);
        rig.conclude(1);
        rig.advance(Duration.ofHours(1));

        assertThat(rig.sent()).hasSize(1);
        assertThat(rig.incident().getReceivers().get("nt1").getGivenUp()).isNotNull();
    }

    @Test
    void tellsTheEndOfAProblemWhoseAlarmIsDeleted() {
        rig.enter(State.OK, State.CRITICAL);
        rig.conclude(1);

        rig.deleteAlarm();
        rig.advance(Duration.ofSeconds(10));
        rig.advance(Duration.ofSeconds(10));
        rig.conclude(1);

        assertThat(rig.sent()).extracting(Delivery::getKind).containsExactly(MessageKind.PROBLEM, MessageKind.RESOLVED);
    }

    @Test
    void tellsNoProblemOfADisabledAlarmButItsEnd() {
        rig.enter(State.OK, State.WARNING);
        rig.conclude(1);
        rig.configureAlarm(true);
        rig.enter(State.WARNING, State.CRITICAL);
        assertThat(rig.attempts()).singleElement().returns("the alarm is disabled", DeliveryAttempt::getReason);
        rig.enter(State.CRITICAL, State.OK);
        rig.conclude(1);

        assertThat(rig.sent()).extracting(Delivery::getKind).containsExactly(MessageKind.PROBLEM, MessageKind.RESOLVED);
    }

    @Test
    void tellsThatSomebodyTakesCareAndWithholdsWhatIsWorse() {
        rig.enter(State.OK, State.WARNING);
        rig.conclude(1);

        rig.command(CommandKind.ACKNOWLEDGE, 1, true);
        rig.conclude(1);
        rig.enter(State.WARNING, State.CRITICAL);

        assertThat(rig.sent())
                .extracting(Delivery::getKind)
                .containsExactly(MessageKind.PROBLEM, MessageKind.ACKNOWLEDGED);
        assertThat(rig.sent().get(0).getAcknowledgement()).isNull();
        assertThat(rig.sent().get(1).getAcknowledgement())
                .returns("jo", IncidentAcknowledgement::getWho)
                .returns("on it", IncidentAcknowledgement::getNote);
        assertThat(rig.attempts()).extracting(DeliveryAttempt::getReason).contains("acknowledged by jo");
        assertThat(rig.incident().getAcknowledgement())
                .returns(true, IncidentAcknowledgement::getSticky)
                .returns(State.WARNING, IncidentAcknowledgement::getState)
                .returns(START, IncidentAcknowledgement::getAt);
    }

    @Test
    void tellsWhatWasWithheldWhenNobodyTakesCareAnyMore() {
        rig.enter(State.OK, State.WARNING);
        rig.conclude(1);
        rig.command(CommandKind.ACKNOWLEDGE, 1, true);
        rig.conclude(1);
        rig.enter(State.WARNING, State.CRITICAL);

        rig.command(CommandKind.UNACKNOWLEDGE, 1, false);
        rig.conclude(1);

        assertThat(rig.sent())
                .extracting(Delivery::getKind)
                .containsExactly(MessageKind.PROBLEM, MessageKind.ACKNOWLEDGED, MessageKind.UPDATE);
        assertThat(rig.incident().getAcknowledgement()).isNull();
    }

    @Test
    void acknowledgesNeitherAnotherIncidentNorOneThatIsOver() {
        rig.command(CommandKind.ACKNOWLEDGE, 1, true);
        rig.enter(State.OK, State.WARNING);
        rig.conclude(1);
        rig.command(CommandKind.ACKNOWLEDGE, 2, true);
        assertThat(rig.incident().getAcknowledgement()).isNull();
        rig.enter(State.WARNING, State.OK);
        rig.conclude(1);
        rig.incident();

        rig.command(CommandKind.ACKNOWLEDGE, 1, true);
        rig.command(CommandKind.UNACKNOWLEDGE, 1, true);

        assertThat(rig.incident()).as("nothing has changed").isNull();
        assertThat(rig.sent()).extracting(Delivery::getKind).containsExactly(MessageKind.PROBLEM, MessageKind.RESOLVED);
    }

    @Test
    void triesATestOnceAndChangesNoIncident() {
        rig.answerNext(Attempt.of(Attempt.Result.NOT_RECEIVED, "status 503"));

        rig.test("d1", START, null);
        rig.conclude(1);
        rig.advance(Duration.ofHours(1));

        assertThat(rig.sent()).extracting(Delivery::getKind).containsExactly(MessageKind.TEST);
        assertThat(rig.triedAt()).extracting(Notification::getLabel).containsExactly("hook");
        assertThat(rig.incident()).isNull();
        assertThat(rig.attempts()).isEmpty();
    }

    @Test
    void triesTheNotificationThatATestCarries() {
        rig.test("d1", START, notification("not stored"));
        rig.conclude(1);

        assertThat(rig.triedAt()).extracting(Notification::getLabel).containsExactly("not stored");
    }

    /** What is queued is held up after so many failures; whoever tries the notification does not wait for that. */
    @Test
    void triesATestWhileItsQueueIsHeldUpAndLetsNothingElseGo() {
        rig.answerNext(
                new Attempt(Attempt.Result.NOT_RECEIVED, "status 429", Optional.of(START.plus(Duration.ofHours(1)))));
        rig.enter(State.OK, State.CRITICAL);
        rig.conclude(1);

        rig.test("d1", START, null);
        rig.conclude(1);
        rig.advance(Duration.ofMinutes(30));

        assertThat(rig.sent()).extracting(Delivery::getKind).containsExactly(MessageKind.PROBLEM, MessageKind.TEST);
        rig.advance(Duration.ofMinutes(31));
        rig.conclude(1);
        assertThat(rig.sent()).extracting(Delivery::getKind).endsWith(MessageKind.PROBLEM);
    }

    @Test
    void sendsNoTestThatNobodyWaitsForAnyMore() {
        rig.test("d1", START.minus(Duration.ofMinutes(2)), null);

        assertThat(rig.attempts())
                .singleElement()
                .returns(AttemptResult.GIVEN_UP, DeliveryAttempt::getResult)
                .returns("d1", DeliveryAttempt::getDeliveryId)
                .returns(0, DeliveryAttempt::getAttempt);
        assertThat(rig.sent()).isEmpty();
    }

    private static Notification notification(String label) {
        return Notification.newBuilder()
                .setTenantId("t")
                .setNotificationId("nt1")
                .setType("webhook")
                .setLabel(label)
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build();
    }

    private static NotificationPlan plan() {
        return NotificationPlan.newBuilder()
                .setTenantId("t")
                .setNotificationPlanId("np1")
                .setLabel("plan")
                .setCriticalState(List.of("nt1"))
                .setWarningState(List.of("nt1"))
                .setOkState(List.of("nt1"))
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build();
    }
}
