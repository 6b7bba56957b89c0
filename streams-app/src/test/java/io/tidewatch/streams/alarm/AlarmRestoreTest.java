package io.tidewatch.streams.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A task that is built from what another one has stored decides as that one would. */
class AlarmRestoreTest {
    private static final String SLOW = """
            :set consecutiveCount=2
            if (metric['n'] > 5) { return new AlarmStatus(CRITICAL, "n is #{n}"); }
            """;

    private final AlarmRig rig;

    AlarmRestoreTest(@TempDir Path stateDir) {
        rig = new AlarmRig(stateDir);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void goesOnWithTheRunsAndVotesOfEveryZone() {
        rig.check("remote.http", 30, "a", "b", "c").alarm("al1", SLOW).alarm("al2", "");
        rig.observe(0, "a", "n", 9L).observe(1, "b", "n", 9L).observe(2, "c", "n", 1L);
        rig.observe(10, "a", "n", 9L);

        List<String> events = decidedAnew(rig.result(11, "b", "n", 9L));

        assertThat(events).containsExactly("al1 UNKNOWN->CRITICAL: n is 9");
    }

    @Test
    void keepsStatesSoThatNothingIsRaisedAgain() {
        rig.check("remote.http", 30, "a", "b", "c").alarm("al1", SLOW);
        rig.observe(0, "a", "n", 9L).observe(1, "b", "n", 9L).observe(2, "a", "n", 9L);
        rig.observe(3, "b", "n", 9L);

        List<String> events = decidedAnew(rig.result(4, "a", "n", 9L));

        assertThat(rig.transitions()).containsExactly("3.0 UNKNOWN->CRITICAL: n is 9");
        assertThat(events).isEmpty();
    }

    @Test
    void doesNotCountAZoneThatWasNotObserved() {
        rig.check("remote.http", 30, "a", "b", "c").alarm("al1", "");

        List<String> events = decidedAnew(rig.result(0, "a", "n", 1L));

        assertThat(events).isEmpty();
    }

    @Test
    void leavesThoseAloneThatAreNotEvaluated() {
        rig.check("remote.http", 30, "a").alarm("al1", "", true).alarm("al2", "if (");

        List<String> events = decidedAnew(rig.result(0, "a", "n", 1L));

        assertThat(events).isEmpty();
    }

    /** What a fresh task, built from the rig's stores, makes of a result that the rig has not seen. */
    private List<String> decidedAnew(CheckResult result) {
        List<String> events = new ArrayList<>();
        AlarmEngine engine = new AlarmEngine("restored-" + UUID.randomUUID(), new CriteriaShapes());
        try (AlarmTask task =
                new AlarmTask(rig.stores(), engine, new AlarmMetrics(new SimpleMeterRegistry()), () -> 0)) {
            task.observe("t/en1/ch1", result, new AlarmTask.Output() {
                @Override
                public void publishAlert(String alarmKey, AlertEvent event) {
                    events.add("%s %s->%s: %s"
                            .formatted(
                                    event.getAlarmId(), event.getPreviousState(), event.getState(), event.getStatus()));
                }

                @Override
                public void publishState(String alarmKey, @Nullable AlarmState state) {}

                @Override
                public void putAside(BadRecordException reason) {
                    throw reason;
                }
            });
        }
        return events;
    }
}
