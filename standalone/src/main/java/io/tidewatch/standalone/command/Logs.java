package io.tidewatch.standalone.command;

import java.nio.file.Path;

/** Where this process's own log goes. To be called before the first logger is made; afterwards it changes nothing. */
final class Logs {
    private Logs() {}

    /** Everything into one file, so that the console belongs to the story that is told there. */
    static void intoFile(Path file) {
        System.setProperty("tidewatch.log.file", file.toString());
        System.setProperty("logback.configurationFile", "io/tidewatch/standalone/logback-file.xml");
    }

    /** Nothing: the command's own output says what went wrong. */
    static void nowhere() {
        System.setProperty("logback.configurationFile", "io/tidewatch/standalone/logback-off.xml");
    }
}
