package io.tidewatch.standalone.command;

import java.nio.file.Path;

/** Where this process's own log goes. To be called before the first logger is made; afterwards it changes nothing. */
final class Logs {
    private static final String CONFIGURATION = "logback.configurationFile";

    private Logs() {}

    /**
     * Everything into one file, so that the console belongs to the story that is told there: errors are a line each in it.
     *
     * @param verbose shows all of it on standard error as well
     */
    static void intoFile(Path file, boolean verbose) {
        System.setProperty("tidewatch.log.file", file.toString());
        System.setProperty("tidewatch.log.console", verbose ? "everything" : "errors");
        System.setProperty(CONFIGURATION, "io/tidewatch/standalone/logback-file.xml");
    }

    /** Nothing: the command's own output says what went wrong. */
    static void nowhere() {
        System.setProperty(CONFIGURATION, "io/tidewatch/standalone/logback-off.xml");
    }
}
