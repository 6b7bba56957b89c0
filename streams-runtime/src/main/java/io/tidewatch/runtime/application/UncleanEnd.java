package io.tidewatch.runtime.application;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.kafka.common.utils.Utils;

/**
 * Whether an application's last process on this state directory came to an end without closing its stores. A file says so
 * that is there while the application runs. It is a hint only: Kafka Streams finds out by itself which stores it must not
 * trust, but opens and closes all of them for it, twice.
 */
final class UncleanEnd {
    private final Path file;
    private final File globalStores;

    UncleanEnd(Path stateDir, String applicationId) {
        this.globalStores = stateDir.resolve(applicationId).resolve("global").toFile();
        this.file = stateDir.resolve(applicationId + ".running");
    }

    static UncleanEnd of(ApplicationSettings settings) {
        return new UncleanEnd(settings.runtime().stateDir(), settings.id());
    }

    boolean happened() {
        return Files.exists(file);
    }

    /**
     * The application may write to its stores from now on. Deletes the global ones that an unclean end has left behind:
     * with exactly once Kafka Streams refuses one that was not closed, at every start, and deletes tasks' stores alone; their
     * topics have all that is in them. Source: KAFKA-21034, {@code GlobalStateManagerImpl.initialize} of Kafka 4.3.1.
     *
     * @throws UncheckedIOException when the directory can't be written
     */
    void markRunning() {
        try {
            Files.createDirectories(file.getParent());
            if (happened()) {
                Utils.delete(globalStores);
            } else {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory " + file.getParent() + " can't be used: " + e, e);
        }
    }

    /**
     * All stores have been closed, after a start that succeeded.
     *
     * @throws UncheckedIOException when the directory can't be written
     */
    void markClosed() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory " + file.getParent() + " can't be used: " + e, e);
        }
    }
}
