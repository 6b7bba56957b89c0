package io.tidewatch.system.servers;

import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig;
import java.nio.file.Path;
import java.util.Map;

/** Settings of the stream applications in a test's own process. */
public final class StreamsSettings {
    private StreamsSettings() {}

    /** @param applications their names, separated by commas */
    public static Settings of(KafkaSettings kafka, String applications, Path stateDir) {
        return Settings.of(
                StreamsAppConfig.definition(),
                Map.of(
                        KafkaSettings.BOOTSTRAP_SERVERS,
                        kafka.bootstrapServers(),
                        KafkaSettings.REGISTRY_URL,
                        kafka.registryUrl(),
                        KafkaSettings.TOPIC_PREFIX,
                        kafka.topics().prefix(),
                        StreamsAppConfig.APPLICATIONS,
                        applications,
                        RuntimeSettings.STATE_DIR,
                        stateDir.toString()));
    }
}
