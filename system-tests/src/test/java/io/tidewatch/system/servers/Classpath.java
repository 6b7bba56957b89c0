package io.tidewatch.system.servers;

import java.io.File;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The class path for processes that tests start. */
public final class Classpath {
    private Classpath() {}

    /** As the real program has it: tests have a log of their own, quieter in some ways and louder in others. */
    public static String withoutTests() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .collect(Collectors.joining(File.pathSeparator));
    }
}
