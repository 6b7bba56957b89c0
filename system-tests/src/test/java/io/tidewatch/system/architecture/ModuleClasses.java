package io.tidewatch.system.architecture;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.LocationProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The main classes of every module that the root's POM names, as the build has left them, so that no module is left out. */
public final class ModuleClasses implements LocationProvider {
    static final Path PROJECT = Path.of("..");

    /** Where the classes of each module with main code are, as URIs. */
    private static final Map<String, String> DIRECTORIES = directories();

    @Override
    public Set<Location> get(Class<?> testClass) {
        return DIRECTORIES.values().stream()
                .map(directory -> Location.of(built(Path.of(URI.create(directory)))))
                .collect(Collectors.toSet());
    }

    /** The module that a class was built in, by its directory; empty for classes that are not ours. */
    static Optional<String> moduleOf(JavaClass type) {
        return type.getSource().flatMap(source -> moduleOf(source.getUri()));
    }

    private static Optional<String> moduleOf(URI classFile) {
        return DIRECTORIES.entrySet().stream()
                .filter(module -> classFile.toString().startsWith(module.getValue()))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Map<String, String> directories() {
        Map<String, String> directories = new LinkedHashMap<>();
        try {
            for (String module : PackagesMain.modules(PROJECT)) {
                Path directory = PROJECT.resolve(module);
                if (Files.exists(PackagesMain.mainCode(directory))) {
                    Path classes =
                            directory.resolve("target/classes").toAbsolutePath().normalize();
                    // A directory that exists has a slash at the end.
                    directories.put(module, classes.toUri().toString().replaceFirst("/?$", "/"));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return directories;
    }

    private static Path built(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new IllegalStateException(directory + " has not been built");
        }
        return directory;
    }
}
