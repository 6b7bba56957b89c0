package io.tidewatch.benchmarks.restart;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RecoveryLogTest {
    private static final Instant KILL = Instant.parse("2026-01-01T12:00:00Z");

    @Test
    void aStepIsDoneWithTheLastOfItsMessagesExceptForTheFirstTask() {
        RecoveryLog log = new RecoveryLog(List.of(
                "2026-01-01T12:00:01.500Z INFO  [main] i.t.streams.StreamsApp Streams start applications=[ALARMS]",
                "2026-01-01T12:00:03.000Z INFO  [r] DefaultStateUpdater Stateful active task 0_1 completed restoration",
                "2026-01-01T13:00:04.250+01:00 INFO  [r] DefaultStateUpdater Stateful active task 0_2 completed restoration",
                "2026-01-01T12:00:05.000Z INFO  [s] StreamTask task [0_1] Restored and ready to run",
                "2026-01-01T12:00:06.000Z INFO  [s] StreamTask task [0_2] Restored and ready to run",
                "  a line without a time, state=RUNNING"));

        assertThat(log.since(KILL))
                .isEqualTo(
                        "process started 1.50 s, stores restored 4.25 s, first task ready 5.00 s, last task ready 6.00 s");
    }

    @Test
    void whatTheLogTellsOfTheTimeBeforeTheKillIsNoStep() {
        RecoveryLog log = new RecoveryLog(
                List.of("2026-01-01T11:59:59.000Z INFO  [main] Application changed its state state=RUNNING"));

        assertThat(log.since(KILL)).isEqualTo("(nothing in the log)");
    }
}
