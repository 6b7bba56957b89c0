package io.tidewatch.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything ends and starts again with the same data: nothing is forgotten, nothing fires anew, polling goes on. */
final class PipelineRestartIT {
    private static final List<String> ZONES = List.of("a", "b", "c");

    @TempDir
    private Path directory;

    @Test
    void goesOnWhereItEnded() {
        try (DemoTarget target = new DemoTarget()) {
            target.listen();
            String entity;
            String check;
            String alarm;
            long rowsBefore;
            try (RunningTidewatch before = new RunningTidewatch(directory, ZONES)) {
                entity = before.createEntity("acme");
                check = before.createTcpCheck("acme", entity, target.port());
                alarm = before.createAlarm("acme", entity, check, "return new AlarmStatus(OK, 'up');");
                before.awaitAlert(entity, State.UNKNOWN, State.OK);
                await().atMost(RunningTidewatch.PATIENCE).until(() -> before.rows("results", check) > 0);
                rowsBefore = before.rows("results", check);
            }

            try (RunningTidewatch after = new RunningTidewatch(directory, ZONES)) {
                assertThat(after.get("/acme/entities/" + entity + "/checks/" + check)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(after.get("/acme/entities/" + entity + "/alarms/" + alarm)
                                .statusCode())
                        .isEqualTo(200);
                await().atMost(RunningTidewatch.PATIENCE)
                        .until(() -> after.rows("results", check) > rowsBefore + 2L * ZONES.size());
                target.breakDown();
                after.awaitAlert(entity, State.OK, State.CRITICAL);
                assertThat(after.alerts(entity))
                        .extracting(AlertEvent::getState)
                        .containsExactly(State.OK, State.CRITICAL);
            }
        }
    }
}
