package io.tidewatch.operations;

import io.tidewatch.settings.Settings;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.LambdaValidator;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.ConfigException;

/**
 * Where a part serves health and metrics: settings that every part has.
 *
 * @param host an address of this machine, or a name of one
 * @param port a TCP port; 0 for a free one
 */
public record OperationsSettings(String host, int port) {
    public static final String HOST = "operations.host";
    public static final String PORT = "operations.port";

    /** Adds these keys to a part's definition. */
    public static ConfigDef define(ConfigDef definition) {
        return definition
                .define(
                        HOST,
                        Type.STRING,
                        "127.0.0.1",
                        LambdaValidator.with(OperationsSettings::checkHost, () -> "an address of this machine"),
                        Importance.MEDIUM,
                        "Address that health and metrics listen on; 0.0.0.0 for every one. They have no access control.")
                .define(
                        PORT,
                        Type.INT,
                        0,
                        Range.between(0, 65_535),
                        Importance.MEDIUM,
                        "TCP port that serves /health/live, /health/ready and /metrics; 0 for a free one.");
    }

    public static OperationsSettings from(Settings settings) {
        return new OperationsSettings(settings.getString(HOST), settings.getInt(PORT));
    }

    InetSocketAddress address() {
        return new InetSocketAddress(host, port);
    }

    private static void checkHost(String name, Object host) {
        try {
            if (host.toString().isEmpty()) {
                throw new ConfigException(name, host, "it is empty");
            }
            InetAddress.getByName(host.toString());
        } catch (UnknownHostException e) {
            throw new ConfigException(name, host, "it does not resolve");
        }
    }
}
