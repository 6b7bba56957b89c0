package io.tidewatch.standalone.servers;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start a JVM.
 *
 * @param prefix what goes before {@code java}, such as a program that starts it
 * @param classPath directories and jars, separated as this system does
 * @param options for the JVM itself, in order
 * @param mainClass the class to run
 * @param arguments for the main class
 */
record JavaCommand(
        List<String> prefix, String classPath, List<String> options, String mainClass, List<String> arguments) {
    JavaCommand {
        prefix = List.copyOf(prefix);
        options = List.copyOf(options);
        arguments = List.copyOf(arguments);
    }

    JavaCommand(String classPath, List<String> options, String mainClass, List<String> arguments) {
        this(List.of(), classPath, options, mainClass, arguments);
    }

    /**
     * The command line, without the class path, which belongs into the environment: a hundred jars make a process list
     * unreadable.
     *
     * @param wrapper a class that runs the main class named by its first argument
     */
    List<String> line(String wrapper) {
        List<String> line = new ArrayList<>(prefix);
        line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        line.addAll(options);
        line.add(wrapper);
        line.add(mainClass);
        line.addAll(arguments);
        return line;
    }
}
