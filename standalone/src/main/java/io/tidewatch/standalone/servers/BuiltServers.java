package io.tidewatch.standalone.servers;

import io.tidewatch.lifeline.Lifeline;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;

/** Where the build has left the servers: the modules {@code standalone/servers/*}, beside this module's own classes. */
final class BuiltServers {
    /** From {@code standalone/target/classes}, or the jar beside it. */
    private static final Path SERVERS =
            codeOf(BuiltServers.class).resolve("../../servers").normalize();

    private static final Path LIFELINE = codeOf(Lifeline.class);

    private BuiltServers() {}

    /**
     * @param module the name of a directory in {@code standalone/servers} whose build writes a class-path file
     * @return the class path to start the server with
     */
    static String classPath(String module) {
        Path file = SERVERS.resolve(module).resolve("target").resolve("classpath");
        try {
            return withLifeline(Files.readString(file).strip());
        } catch (IOException e) {
            throw notBuilt(file, e);
        }
    }

    /** The registry's runnable jar, which names the libraries beside it in its manifest. */
    static Path registryJar() {
        Path directory = SERVERS.resolve("registry").resolve("target").resolve("server");
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith("-runner.jar"))
                    .findFirst()
                    .orElseThrow(() -> new IOException("no runnable jar"));
        } catch (IOException e) {
            throw notBuilt(directory, e);
        }
    }

    static String withLifeline(String classPath) {
        return LIFELINE + File.pathSeparator + classPath;
    }

    static String mainClass(Path jar) {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.getManifest().getMainAttributes().getValue(Attributes.Name.MAIN_CLASS);
        } catch (IOException e) {
            throw notBuilt(jar, e);
        }
    }

    private static Path codeOf(Class<?> type) {
        try {
            return Path.of(
                    type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The class path holds something that is no file", e);
        }
    }

    private static ServerException notBuilt(Path missing, IOException cause) {
        return new ServerException(
                "The servers have not been built: " + missing
                        + " can't be read. Run './mvnw package -DskipTests' first.",
                cause);
    }
}
