package io.tidewatch.streams.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whether an application's last process on this state directory came to an end without closing its stores. A file says so
 * that is there while the application runs. It is a hint only: Kafka Streams finds out by itself which stores it must not
 * trust, but opens and closes all of them for it, twice.
 */
final class UncleanEnd {
    private final Path file;

    UncleanEnd(Path stateDir, String applicationId) {
        this.file = stateDir.resolve(applicationId + ".running");
    }

    static UncleanEnd of(ApplicationSettings settings) {
        return new UncleanEnd(settings.stateDir(), settings.id());
    }

    boolean happened() {
        return Files.exists(file);
    }

    /**
     * The application may write to its stores from now on.
     *
     * @throws UncheckedIOException when the directory can't be written
     */
    void markRunning() {
        try {
            Files.createDirectories(file.getParent());
            if (!happened()) {
                Files.createFile(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory " + file.getParent() + " can't be used: " + e, e);
        }
    }

    /**
     * All stores have been closed.
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
