package io.tidewatch.standalone.servers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The directory that one running Tidewatch keeps everything in, locked against a second one for as long as this object is
 * open. The operating system drops the lock when the process dies, however it dies.
 */
public final class DataDirectory implements AutoCloseable {
    private static final List<String> OWN_DIRECTORIES =
            List.of("broker", "registry", "cassandra", "streams-state", "notifier-state", "logs");

    private static final int SECRET_KEY_BYTES = 32;

    private final Path root;
    private final FileChannel lockFile;

    private DataDirectory(Path root, FileChannel lockFile) {
        this.root = root;
        this.lockFile = lockFile;
    }

    /**
     * Creates the directory where it doesn't exist, and locks it.
     *
     * @throws ServerException when another Tidewatch has it open
     */
    public static DataDirectory open(Path root) {
        Path absolute = root.toAbsolutePath().normalize();
        try {
            Files.createDirectories(absolute);
            FileChannel lockFile = FileChannel.open(
                    absolute.resolve("lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE);
            if (tryLock(lockFile) == null) {
                String owner = StandardCharsets.UTF_8.decode(readAll(lockFile)).toString();
                lockFile.close();
                throw new ServerException(
                        "The data directory " + absolute + " is in use by a running Tidewatch (process " + owner.strip()
                                + "). End that one, or choose another directory with --data DIR.");
            }
            lockFile.truncate(0);
            lockFile.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            return new DataDirectory(absolute, lockFile);
        } catch (IOException e) {
            throw new ServerException("The data directory " + absolute + " can't be used: " + e, e);
        }
    }

    /**
     * Makes one of its own among the temporary files, for {@link #delete} afterwards.
     *
     * @param prefix what its name begins with
     * @throws ServerException when there is no room for one
     */
    public static DataDirectory temporary(String prefix) {
        try {
            return open(Files.createTempDirectory(prefix));
        } catch (IOException e) {
            throw new ServerException("No temporary directory can be made: " + e, e);
        }
    }

    /** The directory itself, absolute. */
    public Path root() {
        return root;
    }

    /** A sentence when so little can be written to its disk that servers fail of it. Any thread. */
    public Optional<String> shortage() {
        return room().shortage();
    }

    Room room() {
        return new Room(root, this::freeBytes);
    }

    Path broker() {
        return root.resolve("broker");
    }

    Path registry() {
        return root.resolve("registry");
    }

    Path cassandra() {
        return root.resolve("cassandra");
    }

    /** Where Kafka Streams keeps its stores. */
    public Path streamsState() {
        return root.resolve("streams-state");
    }

    /** Where the notifier keeps its stores. */
    public Path notifierState() {
        return root.resolve("notifier-state");
    }

    /**
     * The key that secrets are sealed with, made when it is asked for the first time. It stays when all else is cleared.
     *
     * @return 32 random bytes in base64
     */
    public String secretKey() {
        Path file = root.resolve("secret-key");
        try {
            if (Files.notExists(file)) {
                byte[] key = new byte[SECRET_KEY_BYTES];
                new SecureRandom().nextBytes(key);
                Path fresh = Files.createFile(
                        root.resolve("secret-key.new"),
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(fresh, Base64.getEncoder().encodeToString(key));
                Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new ServerException("The file " + file + " can't be used: " + e, e);
        }
    }

    /** Where every log file is. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** Deletes all that Tidewatch keeps here, and nothing else. Not while a server runs on it. */
    public void clear() {
        OWN_DIRECTORIES.stream().map(root::resolve).forEach(DataDirectory::deleteTree);
    }

    /** Deletes the directory with everything in it, and lets go of it. */
    public void delete() {
        close();
        deleteTree(root);
    }

    @Override
    public void close() {
        try {
            lockFile.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The lock of " + root + " can't be dropped", e);
        }
    }

    /** Where nobody can say how much is free, nothing is said to be short. */
    private long freeBytes() {
        try {
            return Files.getFileStore(root).getUsableSpace();
        } catch (IOException e) {
            return Long.MAX_VALUE;
        }
    }

    private static @Nullable FileLock tryLock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException heldByThisProcess) {
            return null;
        }
    }

    private static ByteBuffer readAll(FileChannel file) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(64);
        file.read(bytes);
        return bytes.flip();
    }

    private static void deleteTree(Path tree) {
        if (!Files.exists(tree)) {
            return;
        }
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + tree + " can't be deleted", e);
        }
    }
}
