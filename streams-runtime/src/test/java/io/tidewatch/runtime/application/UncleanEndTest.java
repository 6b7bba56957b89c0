package io.tidewatch.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UncleanEndTest {
    private final Path stateDir;

    UncleanEndTest(@TempDir Path parent) {
        stateDir = parent.resolve("state");
    }

    @Test
    void didNotHappenWhereNothingEverRan() {
        assertThat(alarms().happened()).isFalse();
    }

    @Test
    void happenedToAProcessThatWasKilled() {
        alarms().markRunning();

        assertThat(alarms().happened()).isTrue();
        assertThat(new UncleanEnd(stateDir, "rollups").happened()).isFalse();
    }

    @Test
    void isNotForgottenWhenTheNextProcessIsKilledToo() {
        alarms().markRunning();
        alarms().markRunning();

        assertThat(alarms().happened()).isTrue();
    }

    @Test
    void didNotHappenWhenStoresWereClosed() {
        alarms().markRunning();
        alarms().markClosed();

        assertThat(alarms().happened()).isFalse();
    }

    @Test
    void costsTheGlobalStoresAndNoTasks() throws IOException {
        Path global = Files.createDirectories(stateDir.resolve("alarms/global/rocksdb"));
        Path task = Files.createDirectories(stateDir.resolve("alarms/0_1/rocksdb"));
        alarms().markRunning();
        assertThat(global).exists();

        alarms().markRunning();

        assertThat(global.getParent()).doesNotExist();
        assertThat(task).exists();
    }

    private UncleanEnd alarms() {
        return new UncleanEnd(stateDir, "alarms");
    }
}
