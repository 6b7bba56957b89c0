package io.tidewatch.runtime.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;

/**
 * The name under which a process with this state directory is a member of its consumer groups, the same after each start.
 * Kafka gives a process that comes back under its old name its old partitions at once; under a new name it would first
 * wait until the old one's session is over. Source: Kafka's KIP-345 (static membership).
 */
public record InstanceId(String id) {
    private static final String FILE = "instance-id";

    /**
     * Reads the name, or makes one up.
     *
     * @throws UncheckedIOException when the directory can't be written
     */
    public static InstanceId of(Path stateDir) {
        Path file = stateDir.resolve(FILE);
        try {
            Files.createDirectories(stateDir);
            if (Files.notExists(file)) {
                Path fresh = Files.writeString(
                        stateDir.resolve(FILE + ".new"), UUID.randomUUID().toString());
                Files.move(fresh, file);
            }
            return new InstanceId(Files.readString(file).strip());
        } catch (IOException e) {
            throw new UncheckedIOException("The state directory " + stateDir + " can't be used: " + e, e);
        }
    }
}
