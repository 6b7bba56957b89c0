package io.tidewatch.standalone.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataDirectoryTest {
    @TempDir
    private Path parent;

    @Test
    void refusesASecondOwner() {
        Path directory = parent.resolve("data");
        try (DataDirectory first = DataDirectory.open(directory)) {
            assertThatThrownBy(() -> DataDirectory.open(directory))
                    .isInstanceOf(ServerException.class)
                    .hasMessage("The data directory " + first.root() + " is in use by a running Tidewatch (process "
                            + ProcessHandle.current().pid()
                            + "). End that one, or choose another directory with --data DIR.");
        }
    }

    @Test
    void isFreeAgainAfterItsOwnerHasClosedIt() {
        DataDirectory.open(parent).close();

        DataDirectory second = DataDirectory.open(parent);

        assertThat(second.root()).isEqualTo(parent.toAbsolutePath());
        second.close();
    }

    @Test
    void clearsItsOwnFilesAndNoOthers() throws IOException {
        Files.createDirectories(parent.resolve("cassandra/data"));
        Files.createDirectories(parent.resolve("logs"));
        Files.writeString(parent.resolve("notes.txt"), "somebody else's");
        try (DataDirectory data = DataDirectory.open(parent)) {
            data.clear();
        }

        assertThat(parent).isDirectoryNotContaining("glob:**cassandra");
        assertThat(parent).isDirectoryNotContaining("glob:**logs");
        assertThat(parent.resolve("notes.txt")).exists();
    }

    @Test
    void saysWhyADirectoryCantBeUsed() throws IOException {
        Path file = Files.writeString(parent.resolve("file"), "");

        assertThatThrownBy(() -> DataDirectory.open(file))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining(file + " can't be used");
    }
}
