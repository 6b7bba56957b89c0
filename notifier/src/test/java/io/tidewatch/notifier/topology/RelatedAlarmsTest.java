package io.tidewatch.notifier.topology;

import static io.tidewatch.notifier.topology.NotifierRig.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.MatchOperator;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.State;
import io.tidewatch.schema.WindowRecurrence;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What silences, windows and other alarms withhold, through the topology: of an entity {@code router} and an entity {@code web}, each with
 * an alarm {@code al1} of a check that runs every 60 s, with a timeout of 10 s.
 */
final class RelatedAlarmsTest {
    private static final Duration A_LOOK = Duration.ofMillis(100);

    private final NotifierRig rig;

    RelatedAlarmsTest(@TempDir Path stateDir) {
        rig = new NotifierRig(stateDir);
    }

    @BeforeEach
    void configure() {
        rig.configure(Notification.newBuilder()
                .setTenantId("t")
                .setNotificationId("nt1")
                .setType("webhook")
                .setLabel("hook")
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build());
        rig.configure(NotificationPlan.newBuilder()
                .setTenantId("t")
                .setNotificationPlanId("np1")
                .setLabel("plan")
                .setCriticalState(List.of("nt1"))
                .setOkState(List.of("nt1"))
                .setCreatedAt(START)
                .setUpdatedAt(START)
                .build());
        add("router", List.of());
        add("web", List.of());
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void aSilenceWithholdsAProblemUntilItsEndAndSaysWhy() {
        rig.configure(
                Topic.SILENCES,
                "si1",
                Silence.class,
                Silence.newBuilder()
                        .setTenantId("t")
                        .setSilenceId("si1")
                        .setAuthor("ann")
                        .setReason("rack 7 moves")
                        .setStartTime(START)
                        .setEndTime(START.plusSeconds(600))
                        .setMatchers(List.of(is("entity_metadata.rack", "7"), is("check_type", "remote.ping")))
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());

        problem("web");
        assertThat(rig.sent()).isEmpty();
        assertThat(reason()).isEqualTo("silence si1 by ann: rack 7 moves, until 2026-03-01T12:10:00Z");
        pass(599);
        assertThat(rig.sent()).isEmpty();
        pass(1);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM web");
    }

    @Test
    void aSilenceThatIsTakenAwayEndsAtOnceAndLetsTheEndOfAProblemThrough() {
        problem("web");
        rig.conclude(1);
        silenceWeb();
        over("web");
        rig.conclude(1);
        problem("web");
        rig.configure(Topic.SILENCES, "si1", Silence.class, null);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM web", "RESOLVED web", "PROBLEM web");
    }

    @Test
    void aWindowWithholdsAProblemEachDay() {
        rig.configure(
                Topic.MAINTENANCE_WINDOWS,
                "mw1",
                MaintenanceWindow.class,
                MaintenanceWindow.newBuilder()
                        .setTenantId("t")
                        .setMaintenanceWindowId("mw1")
                        .setLabel("backup")
                        .setTimeZone("Europe/Berlin")
                        .setStart("14:00")
                        .setDurationSeconds(1800)
                        .setRecurrence(WindowRecurrence.DAILY)
                        .setEntities(List.of("web"))
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());

        pass(3600);
        problem("web");
        assertThat(reason()).isEqualTo("maintenance window mw1 (backup), until 2026-03-01T13:30:00Z");
        problem("router");
        rig.conclude(1);
        assertThat(told()).containsExactly("PROBLEM router");
        pass(1800);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM router", "PROBLEM web");
    }

    @Test
    void aProblemOfASourceWithholdsThoseOfItsTargetsAsLongAsItLasts() {
        inhibit();

        problem("router");
        rig.conclude(1);
        problem("web");
        assertThat(reason()).isEqualTo("inhibition ih1 by the alarm t/router/al1");
        pass(3600);
        assertThat(told()).containsExactly("PROBLEM router");

        over("router");
        rig.conclude(1);
        rig.advance(A_LOOK);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM router", "RESOLVED router", "PROBLEM web");
    }

    @Test
    void anInhibitionThatComesLaterKnowsWhoHasAProblem() {
        problem("router");
        rig.conclude(1);
        inhibit();
        problem("web");
        over("web");
        problem("web");
        rig.configure(Topic.INHIBITIONS, "ih1", Inhibition.class, null);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM router", "PROBLEM web");
    }

    @Test
    void whoeverWasToldOfAnInhibitedProblemHearsOfItsEnd() {
        inhibit();
        problem("web");
        rig.conclude(1);
        problem("router");
        rig.conclude(1);
        over("web");
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM web", "PROBLEM router", "RESOLVED web");
    }

    @Test
    void aDisabledSourceInhibitsNobody() {
        inhibit();
        add("router", List.of(), true);
        problem("router");
        problem("web");
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM web");
    }

    @Test
    void aProblemIsHeldUntilTheParentWouldBeKnownToBeDownThenWhileItIsAndThenForAFreshResult() {
        add("web", List.of("router"));

        problem("web");
        assertThat(reason()).isEqualTo("depends on router, which may have a problem too until 2026-03-01T12:01:10Z");
        pass(60);
        problem("router");
        rig.conclude(1);
        pass(3600);
        assertThat(told()).containsExactly("PROBLEM router");

        over("router");
        rig.conclude(1);
        pass(69);
        assertThat(told()).containsExactly("PROBLEM router", "RESOLVED router");
        pass(2);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM router", "RESOLVED router", "PROBLEM web");
    }

    @Test
    void aProblemThatEndsWithThatOfItsParentIsNeverTold() {
        add("web", List.of("router:al1"));

        problem("web");
        problem("router");
        rig.conclude(1);
        pass(3600);
        over("router");
        rig.conclude(1);
        pass(30);
        over("web");
        pass(3600);

        assertThat(told()).containsExactly("PROBLEM router", "RESOLVED router");
    }

    @Test
    void aProblemOfItsOwnIsToldWhenTheParentHasNone() {
        add("web", List.of("router:ch1"));

        problem("web");
        pass(69);
        assertThat(told()).isEmpty();
        pass(2);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM web");
    }

    @Test
    void ofTwoThatDependOnEachOtherBothAreTold() {
        add("web", List.of("router"));
        add("router", List.of("web"));

        problem("web");
        problem("router");
        pass(71);
        rig.conclude(2);

        assertThat(told()).containsExactlyInAnyOrder("PROBLEM web", "PROBLEM router");
    }

    /** Nobody tells a task that an entity has changed: it looks, now and then. */
    @Test
    void aProblemIsToldSoonAfterItsEntityNoLongerDependsOnAnything() {
        add("web", List.of("router"));
        problem("router");
        rig.conclude(1);
        problem("web");
        pass(10);
        assertThat(told()).containsExactly("PROBLEM router");

        configureEntity("web", List.of(), START.plusSeconds(1));
        pass(10);
        rig.conclude(1);

        assertThat(told()).containsExactly("PROBLEM router", "PROBLEM web");
    }

    /** If a change had all others looked at, or a look asked all others, this would take a quarter of an hour. */
    @Test
    void manyThatInhibitEachOtherAndDependOnOneTakeSeconds() {
        inhibit("entity_metadata.rack", "7", "entity_metadata.rack", "7");
        int alarms = 2_000;
        IntStream.range(0, alarms).forEach(i -> add("web" + i, List.of("router")));
        problem("router");
        rig.conclude(1);

        assertTimeout(Duration.ofSeconds(60), () -> {
            changeWithinTenSeconds(alarms, State.OK, State.CRITICAL);
            changeWithinTenSeconds(alarms, State.CRITICAL, State.OK);
            pass(60);
        });

        assertThat(told()).containsExactly("PROBLEM router");
    }

    private void changeWithinTenSeconds(int alarms, State before, State state) {
        for (int i = 0; i < alarms; i++) {
            rig.enter("web" + i, "ch1", "al1", before, state);
            if (i % (alarms / 100) == 0) {
                rig.advance(A_LOOK);
            }
        }
    }

    private void inhibit() {
        inhibit("entity_label", "the router", "entity_label", "the web");
    }

    private void inhibit(String sourceField, String source, String targetField, String target) {
        rig.configure(
                Topic.INHIBITIONS,
                "ih1",
                Inhibition.class,
                Inhibition.newBuilder()
                        .setTenantId("t")
                        .setInhibitionId("ih1")
                        .setSource(List.of(is(sourceField, source)))
                        .setTarget(List.of(is(targetField, target)))
                        .setEqual(List.of("entity_metadata.rack"))
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
    }

    private void silenceWeb() {
        rig.configure(
                Topic.SILENCES,
                "si1",
                Silence.class,
                Silence.newBuilder()
                        .setTenantId("t")
                        .setSilenceId("si1")
                        .setAuthor("ann")
                        .setReason("test")
                        .setStartTime(START)
                        .setEndTime(START.plus(Duration.ofDays(1)))
                        .setMatchers(List.of(is("entity_id", "web")))
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
    }

    private void add(String entity, List<String> dependsOn) {
        add(entity, dependsOn, false);
    }

    private void configureEntity(String entity, List<String> dependsOn, Instant updatedAt) {
        rig.configure(
                Topic.ENTITIES,
                entity,
                Entity.class,
                Entity.newBuilder()
                        .setTenantId("t")
                        .setEntityId(entity)
                        .setLabel("the " + entity)
                        .setDependsOn(dependsOn)
                        .setMetadata(Map.of("rack", "7"))
                        .setCreatedAt(START)
                        .setUpdatedAt(updatedAt)
                        .build());
    }

    private void add(String entity, List<String> dependsOn, boolean disabled) {
        configureEntity(entity, dependsOn, START);
        rig.configure(
                Topic.CHECKS,
                entity + "/ch1",
                Check.class,
                Check.newBuilder()
                        .setTenantId("t")
                        .setEntityId(entity)
                        .setCheckId("ch1")
                        .setType("remote.ping")
                        .setPeriodSeconds(60)
                        .setTimeoutSeconds(10)
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
        rig.configure(
                Topic.ALARMS,
                entity + "/al1",
                Alarm.class,
                Alarm.newBuilder()
                        .setTenantId("t")
                        .setEntityId(entity)
                        .setAlarmId("al1")
                        .setCheckId("ch1")
                        .setCriteria(":set consecutiveCount=1 return new AlarmStatus(OK);")
                        .setDisabled(disabled)
                        .setNotificationPlanId("np1")
                        .setCreatedAt(START)
                        .setUpdatedAt(START)
                        .build());
    }

    private void problem(String entity) {
        rig.enter(entity, "ch1", "al1", State.OK, State.CRITICAL);
        rig.advance(A_LOOK);
    }

    private void over(String entity) {
        rig.enter(entity, "ch1", "al1", State.CRITICAL, State.OK);
        rig.advance(A_LOOK);
    }

    private void pass(int seconds) {
        rig.advance(Duration.ofSeconds(seconds));
    }

    /** Why the last message was withheld. */
    private String reason() {
        List<DeliveryAttempt> attempts = rig.attempts();
        return attempts.get(attempts.size() - 1).getReason();
    }

    private List<String> told() {
        return rig.sent().stream()
                .map(delivery -> delivery.getKind() + " " + delivery.getEvent().getEntityId())
                .toList();
    }

    private static AlarmMatcher is(String field, String value) {
        return new AlarmMatcher(field, MatchOperator.EQUAL, value);
    }
}
