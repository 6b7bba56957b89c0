package io.tidewatch.settings;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigException;

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
     * @throws SettingsException naming every unknown or bad key, and what would be accepted
     */
    public static Settings load(ConfigDef definition, Optional<Path> file, Map<String, String> environment) {
        Map<String, String> values = new TreeMap<>();
        file.ifPresent(path -> values.putAll(read(definition, path)));
        Map<String, String> keysByVariable = new HashMap<>();
        definition.names().forEach(key -> keysByVariable.put(variable(key), key));
        environment.forEach((variable, value) -> {
            if (variable.startsWith(ENVIRONMENT_PREFIX)) {
                values.put(known(variable, "environment variable", keysByVariable), value);
            }
        });
        return of(definition, values);
    }

    /**
     * @throws SettingsException naming an unknown or bad key, and what would be accepted
     */
    public static Settings of(ConfigDef definition, Map<String, String> values) {
        Map<String, String> keys = new HashMap<>();
        definition.names().forEach(key -> keys.put(key, key));
        values.keySet().forEach(key -> known(key, "setting", keys));
        try {
            return new Settings(definition, values);
        } catch (ConfigException e) {
            String message = String.valueOf(e.getMessage());
            throw new SettingsException(message + acceptedForm(definition, message), e);
        }
    }

    /** The environment variable that overrides a key. */
    public static String variable(String key) {
        return ENVIRONMENT_PREFIX
                + key.toUpperCase(Locale.ROOT).replace('.', '_').replace('-', '_');
    }

    private static Map<String, String> read(ConfigDef definition, Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new SettingsException("The settings file " + file + " can't be read: " + e, e);
        }
        Map<String, String> keys = new HashMap<>();
        definition.names().forEach(key -> keys.put(key, key));
        Map<String, String> values = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            values.put(
                    known(key, "setting in " + file, keys),
                    properties.getProperty(key).strip());
        }
        return values;
    }

    private static String known(String name, String kind, Map<String, String> keysByName) {
        String key = keysByName.get(name);
        if (key == null) {
            List<String> accepted = keysByName.keySet().stream().sorted().toList();
            throw new SettingsException(
                    "Unknown " + kind + " '" + name + "'. Known are: " + String.join(", ", accepted), null);
        }
        return key;
    }

    private static String acceptedForm(ConfigDef definition, String message) {
        return definition.configKeys().values().stream()
                .filter(key -> message.contains(" " + key.name + ":")
                        || message.contains("\"" + key.name + "\"")
                        || message.contains(" " + key.name + " "))
                .findFirst()
                .map(key ->
                        ". " + key.name + " (" + key.type.name().toLowerCase(Locale.ROOT) + "): " + key.documentation)
                .orElse("");
    }
}
