package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import io.tidewatch.standalone.local.DemoTarget;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything ends and starts again with the same data: nothing is forgotten, nothing fires anew, polling goes on. */
final class PipelineRestartIT {
    @TempDir
    private Path directory;

    @Test
    void goesOnWhereItEnded() {
        try (DemoTarget target = new DemoTarget("127.0.0.1")) {
            target.listen();
            String entity;
            String check;
            String alarm;
            long rowsBefore;
            try (RunningTidewatch before = new RunningTidewatch(new LocalInstallation(directory))) {
                entity = before.createEntity("acme");
                check = before.createTcpCheck("acme", entity, target.port());
                alarm = before.createAlarm("acme", entity, check, "return new AlarmStatus(OK, 'up');");
                before.awaitAlert(entity, State.UNKNOWN, State.OK);
                await().atMost(RunningTidewatch.PATIENCE).until(() -> before.rows("results", check) > 0);
                rowsBefore = before.rows("results", check);
            }

            try (RunningTidewatch after = new RunningTidewatch(new LocalInstallation(directory))) {
                assertThat(after.get("/acme/entities/" + entity + "/checks/" + check)
                                .statusCode())
                        .isEqualTo(200);
                assertThat(after.get("/acme/entities/" + entity + "/alarms/" + alarm)
                                .statusCode())
                        .isEqualTo(200);
                await().atMost(RunningTidewatch.PATIENCE)
                        .until(() -> after.rows("results", check) > rowsBefore + 2L * Installation.ZONES.size());
                target.breakDown();
                after.awaitAlert(entity, State.OK, State.CRITICAL);
                assertThat(after.alerts(entity))
                        .extracting(AlertEvent::getState)
                        .containsExactly(State.OK, State.CRITICAL);
            }
        }
    }
}
