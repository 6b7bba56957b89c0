package io.tidewatch.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.ConfigKey;
import org.apache.kafka.common.config.ConfigValue;
import org.apache.kafka.common.config.types.Password;

/**
 * The values of a part's settings. A part declares its keys as a {@link ConfigDef}; the values come from defaults, then a
 * file of {@code key=value} lines, then the environment, where {@code kafka.bootstrap.servers} is called
 * {@code TIDEWATCH_KAFKA_BOOTSTRAP_SERVERS}. Immutable.
 */
public final class Settings extends AbstractConfig {
    private static final String ENVIRONMENT_PREFIX = "TIDEWATCH_";

    private Settings(ConfigDef definition, Map<String, String> values) {
        super(definition, values, false);
    }

    /**
     * @param file read as UTF-8; empty to use defaults and environment alone
     * @param environment the process's environment; names without the prefix {@code TIDEWATCH_} are left alone
     * @throws SettingsException with a sentence for every unknown, missing or bad setting, and what would be accepted
     */
    public static Settings load(ConfigDef definition, Optional<Path> file, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        file.ifPresent(path -> addFile(definition, path, values, faults));
        addEnvironment(definition, environment, values, faults);
        return checked(definition, values, faults);
    }

    /**
     * The settings of a process that is started with {@code --config FILE}, or with nothing.
     *
     * @param command what to call the process in the sentence about its usage
     * @throws SettingsException as {@link #load(ConfigDef, Optional, Map)} does, and for other arguments
     */
    public static Settings load(
            ConfigDef definition, String command, String[] arguments, Map<String, String> environment) {
        if (arguments.length == 0) {
            return load(definition, Optional.empty(), environment);
        }
        if (arguments.length == 2 && arguments[0].equals("--config")) {
            return load(definition, Optional.of(Path.of(arguments[1])), environment);
        }
        throw new SettingsException("Usage: tidewatch " + command + " [--config FILE | --version]", null);
    }

    /**
     * @throws SettingsException with a sentence for every unknown, missing or bad setting, and what would be accepted
     */
    public static Settings of(ConfigDef definition, Map<String, String> values) {
        Map<String, String> known = new TreeMap<>();
        List<String> faults = new ArrayList<>();
        new TreeMap<>(values).forEach((key, value) -> {
            if (definition.names().contains(key)) {
                known.put(key, value);
            } else {
                faults.add(unknown("setting '" + key + "'", definition.names()));
            }
        });
        return checked(definition, known, faults);
    }

    /** The environment variable that overrides a key. */
    public static String variable(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static void addFile(ConfigDef definition, Path file, Map<String, String> values, List<String> faults) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new SettingsException("The settings file " + file + " can't be read: " + e, e);
        }
        for (String key : new TreeSet<>(properties.stringPropertyNames())) {
            if (definition.names().contains(key)) {
                values.put(key, properties.getProperty(key).strip());
            } else {
                faults.add(unknown("setting '" + key + "' in " + file, definition.names()));
            }
        }
    }

    private static void addEnvironment(
            ConfigDef definition, Map<String, String> environment, Map<String, String> values, List<String> faults) {
        Map<String, String> keysByVariable = new HashMap<>();
        definition.names().forEach(key -> keysByVariable.put(variable(key), key));
        new TreeMap<>(environment).forEach((variable, value) -> {
            String key = keysByVariable.get(variable);
            if (key != null) {
                values.put(key, value.strip());
            } else if (variable.startsWith(ENVIRONMENT_PREFIX)) {
                faults.add(unknown("environment variable " + variable, keysByVariable.keySet()));
            }
        });
    }

    private static Settings checked(ConfigDef definition, Map<String, String> values, List<String> faults) {
        List<String> all = new ArrayList<>(faults);
        for (ConfigValue checked : definition.validate(values)) {
            checked.errorMessages().stream()
                    .findFirst()
                    .map(message -> bad(definition, checked.name(), values, message))
                    .ifPresent(all::add);
        }
        if (!all.isEmpty()) {
            throw new SettingsException(String.join(" ", all), null);
        }
        return new Settings(definition, values);
    }

    private static String unknown(String what, Set<String> known) {
        return "Unknown " + what + ". Known are: " + String.join(", ", new TreeSet<>(known)) + ".";
    }

    private static String bad(ConfigDef definition, String name, Map<String, String> values, String message) {
        ConfigKey key = Objects.requireNonNull(definition.configKeys().get(name));
        String fault = Optional.ofNullable(values.get(name))
                .map(value -> "is '" + shown(key, value) + "', which is refused: " + reason(key, message))
                .orElse("is missing, and has no default");
        return "Setting " + name + " " + fault + ". Accepted ("
                + key.type.name().toLowerCase(Locale.ROOT) + "): " + key.documentation;
    }

    private static String shown(ConfigKey key, String value) {
        return key.type == ConfigDef.Type.PASSWORD ? Password.HIDDEN : value;
    }

    /** The part of Kafka's message that says why; it begins by repeating value and name. */
    private static String reason(ConfigKey key, String message) {
        String repetition = " for configuration " + key.name + ": ";
        int start = message.indexOf(repetition);
        return start < 0 ? message : message.substring(start + repetition.length());
    }
}
