package io.tidewatch.system.installation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.State;
import io.tidewatch.standalone.local.DemoTarget;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code tidewatch up} as a person runs it: it ends with a signal, and goes on where it ended when it is started again on its
 * data; nothing is forgotten, nothing fires anew. When one of its servers dies, it says so and ends.
 */
final class UpIT {
    private static final int END_SECONDS = 10;

    @TempDir
    private Path directory;

    @Test
    void goesOnWhereItEndedUntilAServerDies() throws Exception {
        int shift = UpInstallation.freeShift();
        try (DemoTarget target = new DemoTarget("127.0.0.1")) {
            target.listen();
            Made made = configureAndEnd(target, shift);
            goOnAndLoseAServer(target, shift, made);
        }
    }

    /** What the first start has left. */
    private record Made(String entity, String check, String alarm, long rows) {}

    private Made configureAndEnd(DemoTarget target, int shift) throws InterruptedException {
        UpInstallation up = new UpInstallation(directory, shift);
        try (RunningTidewatch before = new RunningTidewatch(up)) {
            String entity = before.createEntity("acme");
            String check = before.createTcpCheck("acme", entity, target.port());
            String alarm = before.createAlarm("acme", entity, check, "return new AlarmStatus(OK, 'up');");
            before.awaitAlert(entity, State.UNKNOWN, State.OK);
            await().atMost(RunningTidewatch.PATIENCE).until(() -> before.rows("results", check) > 0);
            Made made = new Made(entity, check, alarm, before.rows("results", check));

            List<ProcessHandle> servers = up.process().children().toList();
            assertThat(servers).hasSize(3);
            up.process().toHandle().destroy();

            assertThat(up.process().waitFor(END_SECONDS, TimeUnit.SECONDS))
                    .as("ends within %s s; it said: %s", END_SECONDS, up.output())
                    .isTrue();
            assertThat(up.process().exitValue()).isZero();
            assertThat(up.output().stripTrailing()).endsWith("all ended");
            assertThat(servers).noneMatch(ProcessHandle::isAlive);
            return made;
        }
    }

    private void goOnAndLoseAServer(DemoTarget target, int shift, Made made) throws InterruptedException {
        UpInstallation up = new UpInstallation(directory, shift);
        try (RunningTidewatch after = new RunningTidewatch(up)) {
            String entity = "/acme/entities/" + made.entity();
            assertThat(after.get(entity).body()).contains("\"this machine\"");
            assertThat(after.get(entity + "/checks/" + made.check()).statusCode())
                    .isEqualTo(200);
            assertThat(after.get(entity + "/alarms/" + made.alarm()).statusCode())
                    .isEqualTo(200);
            await().atMost(RunningTidewatch.PATIENCE)
                    .until(() -> after.rows("results", made.check()) > made.rows() + 2L * Installation.ZONES.size());
            target.breakDown();
            after.awaitAlert(made.entity(), State.OK, State.CRITICAL);
            assertThat(after.alerts(made.entity()))
                    .extracting(AlertEvent::getState)
                    .containsExactly(State.OK, State.CRITICAL);

            ProcessHandle server = up.process().children().findFirst().orElseThrow();
            server.destroyForcibly();

            assertThat(up.process().waitFor(2L * END_SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(up.process().exitValue()).isEqualTo(1);
            assertThat(up.output()).contains("FAILED: the ").contains("has ended; its log is in");
            assertThat(up.process().descendants()).isEmpty();
        }
    }
}
