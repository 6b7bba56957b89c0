package io.tidewatch.standalone.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * For processes that store what others decide. A database has dozens of threads at work, alarms have one: where they share
 * few processors, fair shares for threads would leave it none. So the database is the one to wait.
 */
public final class LowPriority {
    private static final Path NICE = Path.of("/usr/bin/nice");
    private static final List<String> COMMAND = List.of(NICE.toString(), "-n", "10");

    private LowPriority() {}

    /** What goes before a command line; nothing where the system has no such program. */
    public static List<String> prefix() {
        return Files.isExecutable(NICE) ? COMMAND : List.of();
    }
}
