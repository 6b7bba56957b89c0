package io.tidewatch.standalone;

import io.tidewatch.standalone.command.TidewatchCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;

/** Entry of the command line {@code tidewatch}. */
public final class TidewatchMain {
    private TidewatchMain() {}

    public static void main(String[] args) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        int exitCode = TidewatchCommand.on(out, Clock.systemUTC()).execute(args);
        if (exitCode != TidewatchCommand.STILL_RUNNING) {
            System.exit(exitCode);
        }
    }
}
