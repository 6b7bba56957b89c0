package io.tidewatch.system.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** What tests need to know of our compose files, so that they run what users run. */
final class ComposeFile {
    /** A variable with its default, the only form that our files use. */
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-([^}]*)}");

    private static final String DONE = "service_completed_successfully";

    private ComposeFile() {}

    /**
     * A service, as far as tests start it.
     *
     * @param command empty for that of the image
     * @param ports of this machine, as {@code 8080:80}
     * @param healthTest the words of its test; empty for that of the image
     * @param dependsOn what has to be healthy, or done, before it starts
     * @param runsToItsEnd whether others wait for it to be done
     * @param isRestarted whether it is started again when it ends by itself
     * @param memoryBytes what all of its processes may take together; 0 without a limit
     */
    record Service(
            String name,
            String image,
            List<String> command,
            Map<String, String> environment,
            List<String> ports,
            List<String> healthTest,
            List<String> dependsOn,
            boolean runsToItsEnd,
            boolean isRestarted,
            long memoryBytes) {}

    /**
     * @param variables for those that the file leaves open
     * @return the services by name, in the file's order
     */
    static Map<String, Service> read(Path file, Map<String, String> variables) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String filled = VARIABLE.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(variables.getOrDefault(found.group(1), found.group(2))));
        Map<String, Object> root = map(new Yaml(new SafeConstructor(new LoaderOptions())).load(filled));
        Map<String, Object> services = map(root.get("services"));
        Set<String> awaitedToTheEnd = services.values().stream()
                .flatMap(service -> map(map(service).get("depends_on")).entrySet().stream())
                .filter(other -> DONE.equals(map(other.getValue()).get("condition")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        Map<String, Service> read = new LinkedHashMap<>();
        services.forEach((name, fields) -> read.put(name, service(name, map(fields), awaitedToTheEnd.contains(name))));
        return read;
    }

    private static Service service(String name, Map<String, Object> fields, boolean runsToItsEnd) {
        Map<String, String> environment = new LinkedHashMap<>();
        map(fields.get("environment")).forEach((key, value) -> environment.put(key, Objects.toString(value, "")));
        return new Service(
                name,
                Objects.requireNonNull(fields.get("image"), name).toString(),
                texts(fields.get("command")),
                environment,
                texts(fields.get("ports")),
                texts(map(fields.get("healthcheck")).get("test")),
                List.copyOf(map(fields.get("depends_on")).keySet()),
                runsToItsEnd,
                "unless-stopped".equals(fields.get("restart")),
                bytes(Objects.toString(fields.get("mem_limit"), "0m")));
    }

    /** Reads what mem_limit and Java's options for heaps have: {@code 512m}, {@code 512M} or {@code 1g}. */
    static long bytes(String size) {
        long number = Long.parseLong(size.substring(0, size.length() - 1));
        return switch (size.charAt(size.length() - 1)) {
            case 'm', 'M' -> number << 20;
            case 'g', 'G' -> number << 30;
            default -> throw new IllegalArgumentException(size);
        };
    }

    @SuppressWarnings("unchecked") // A map in YAML has texts for keys here.
    private static Map<String, Object> map(Object value) {
        return Optional.ofNullable((Map<String, Object>) value).orElseGet(Map::of);
    }

    private static List<String> texts(Object value) {
        return value == null
                ? List.of()
                : ((Collection<?>) value).stream().map(Object::toString).toList();
    }
}
