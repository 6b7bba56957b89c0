package io.tidewatch.standalone.servers;

import java.nio.file.Path;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How much room there is where a directory is. Its methods may be called from any thread. */
final class Room {
    /** Source: Cassandra's commit log takes up to 512 MiB, see cassandra.yaml, and the rest of a small installation as much. */
    static final long MIB_TO_START = 1024;

    /**
     * With less, servers begin to fail: Cassandra makes segments of its commit log of 32 MiB each, and compaction wants room
     * for a second copy; Kafka makes two index files of 10 MiB for each segment.
     */
    static final long MIB_TO_RUN = 256;

    private final Path directory;
    private final LongSupplier freeBytes;

    /** @param freeBytes how much may be written there, asked each time */
    Room(Path directory, LongSupplier freeBytes) {
        this.directory = directory;
        this.freeBytes = freeBytes;
    }

    /** @throws ServerException when there is less than servers need to start with */
    void requireEnoughToStart() {
        lessThan(MIB_TO_START).ifPresent(shortage -> {
            throw new ServerException(shortage);
        });
    }

    /** A sentence when there is so little that servers fail. */
    Optional<String> shortage() {
        return lessThan(MIB_TO_RUN);
    }

    private Optional<String> lessThan(long neededMib) {
        long freeMib = freeBytes.getAsLong() >> 20;
        return freeMib >= neededMib
                ? Optional.empty()
                : Optional.of("The directory " + directory + " has " + freeMib + " MiB free, but " + neededMib
                        + " MiB are needed: make room there, or choose another one with --data DIR.");
    }
}
