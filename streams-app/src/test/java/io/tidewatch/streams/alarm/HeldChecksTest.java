package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A check waits for criteria that are being compiled, alone, and then decides as if it had not waited. */
final class HeldChecksTest {
    private static final String SLOW = "if (metric['n'] > 5) { return CRITICAL, '#{n}' } return OK, '#{n}'";
    private static final Duration TICK = Duration.ofMillis(50);

    private final LateCompiler compiler = new LateCompiler();
    private final AlarmRig rig;

    HeldChecksTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir, compiler.shapes());
        rig.check("remote.http", 30, "a");
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void decidesWhatCameMeanwhileAsIfNobodyHadWaited() {
        rig.alarm("al1", SLOW).observe(0, "a", "n", 1L).observe(1, "a", "n", 9L).observe(2, "a", "n", 1L);
        assertThat(rig.events()).isEmpty();

        compileAndGoOn();

        assertThat(rig.transitions())
                .containsExactly("0.0 UNKNOWN->OK: 1", "1.0 OK->CRITICAL: 9", "2.0 CRITICAL->OK: 1");
    }

    @Test
    void letsOtherChecksGoOnMeanwhile() {
        compiled("al1", "");
        rig.check("ch2", AlarmRig.checkBuilder("remote.http", 30, "a"));
        rig.alarm(AlarmRig.alarmBuilder("al2", SLOW).setCheckId("ch2"));

        rig.observe(0, "a");

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");
    }

    @Test
    void takesAChangeToAKnownFormInAtOnce() {
        compiled("al1", SLOW);

        rig.alarm("al2", SLOW.replace("5", "7")).observe(0, "a", "n", 6L);

        assertThat(rig.transitions()).containsExactlyInAnyOrder("0.0 UNKNOWN->CRITICAL: 6", "0.0 UNKNOWN->OK: 6");
    }

    @Test
    void keepsTheOrderOfChangesThatWait() {
        rig.alarm("al1", SLOW).observe(0, "a", "n", 9L);
        rig.alarm("al1", "if (metric['n'] < 5) { return WARNING }").observe(1, "a", "n", 9L);
        rig.noAlarm("al1").observe(2, "a", "n", 1L);

        compileAndGoOn();

        assertThat(rig.transitions())
                .containsExactly("0.0 UNKNOWN->CRITICAL: 9", "1.0 CRITICAL->OK: Matched default return statement");
        assertThat(rig.states()).containsEntry("t/en1/al1", null);
    }

    @Test
    void handsWhatWaitsOverWithTheTask() {
        rig.alarm("al1", SLOW).observe(0, "a", "n", 1L).observe(1, "a", "n", 9L);
        List<String> events = new ArrayList<>();

        HeldChecks takenOver = taskWith(new CriteriaShapes(), events);
        proceedToTheEnd(takenOver);

        assertThat(events).containsExactly("al1 UNKNOWN->OK: 1", "al1 OK->CRITICAL: 9");
    }

    /** The alarms of one tenant's many criteria must not hold up the start of everybody's. */
    @Test
    void startsWithoutChecksWhoseCriteriaAreNotCompiledYet() {
        compiled("al1", SLOW);
        rig.observe(0, "a", "n", 1L);
        rig.transitions();
        LateCompiler fresh = new LateCompiler();
        List<String> events = new ArrayList<>();

        HeldChecks started = taskWith(fresh.shapes(), events);
        started.take(new Input(Topic.CHECK_RESULTS, "t/en1/ch1", rig.result(1, "a", "n", 9L), 1000, 7));
        started.proceed();
        assertThat(events).isEmpty();
        fresh.compileAll();
        proceedToTheEnd(started);

        assertThat(events).containsExactly("al1 OK->CRITICAL: 9");
    }

    @Test
    void saysOfAnAlarmThatItWaitsIfThatTakesLong() {
        rig.alarm("al1", SLOW);

        await().until(() -> {
            rig.driver.advanceWallClockTime(TICK);
            return rig.states().containsKey("t/en1/al1");
        });

        compileAndGoOn();
        assertThat(rig.states().get("t/en1/al1").getDisabledReason()).isNull();
    }

    @Test
    void doesNotTakeWaitingForSilence() {
        compiled("al1", "");
        rig.observe(0, "a");
        rig.alarm("al2", SLOW).observe(1, "a", "n", 1L);
        rig.transitions();

        rig.quiet(Duration.ofHours(1));

        assertThat(rig.events()).isEmpty();
        compileAndGoOn();
        assertThat(rig.transitions()).containsExactly("1.0 UNKNOWN->OK: 1");
    }

    @Test
    void goesOnWithoutACriteriaThatTooMuchWaitsFor() {
        compiled("al1", "");
        rig.alarm("al2", SLOW);
        for (int i = 0; i < HeldChecks.MAX_INPUTS; i++) {
            rig.observe(i, "a", "n", 1L);
        }
        while (rig.somethingIsHeld()) {
            rig.driver.advanceWallClockTime(TICK);
        }

        assertThat(rig.transitions()).containsExactly("0.0 UNKNOWN->OK: fine");
        assertThat(rig.states().get("t/en1/al2").getDisabledReason()).contains("could not be compiled in time");
    }

    private void compiled(String alarmId, String criteria) {
        rig.alarm(alarmId, criteria);
        compileAndGoOn();
    }

    private void compileAndGoOn() {
        while (rig.somethingIsHeld()) {
            compiler.compileAll();
            rig.driver.advanceWallClockTime(TICK);
        }
    }

    private static void proceedToTheEnd(HeldChecks checks) {
        while (checks.holds("t/en1/ch1")) {
            checks.proceed();
        }
    }

    /** A task that is built from the stores of the rig's. */
    private HeldChecks taskWith(CriteriaShapes shapes, List<String> events) {
        AlarmEngine engine = new AlarmEngine("held-" + UUID.randomUUID(), shapes);
        AlarmTask task = new AlarmTask(rig.stores(), engine, new AlarmMetrics(new SimpleMeterRegistry()), () -> 0);
        return new HeldChecks(rig.heldInputs(), new Processing(task, new Collecting(events)), task.postponed());
    }

    private record Processing(AlarmTask task, AlarmTask.Output output) implements HeldChecks.Alarms {
        @Override
        public List<CriteriaShapes.Reservation> reserve(Input input) {
            return task.reserve(input);
        }

        @Override
        public @Nullable String checkOf(Input input) {
            return task.checkOf(input);
        }

        @Override
        public void process(Input input) {
            task.process(input, output);
        }

        @Override
        public void sayWaiting(Input input) {
            task.sayWaiting(input, output);
        }

        @Override
        public void putAside(Input input, RuntimeException failure) {
            throw failure;
        }

        @Override
        public void resume(RestoreAlarms.Postponed check) {
            task.resume(check);
        }
    }

    private record Collecting(List<String> events) implements AlarmTask.Output {
        @Override
        public void publishAlert(String alarmKey, AlertEvent event) {
            events.add("%s %s->%s: %s"
                    .formatted(event.getAlarmId(), event.getPreviousState(), event.getState(), event.getStatus()));
        }

        @Override
        public void publishState(String alarmKey, @Nullable AlarmState state) {}

        @Override
        public void putAside(BadRecordException reason) {
            throw reason;
        }
    }
}
