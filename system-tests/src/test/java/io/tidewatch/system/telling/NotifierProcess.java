package io.tidewatch.system.telling;

import io.tidewatch.notifier.NotifierConfig;
import io.tidewatch.runtime.application.RuntimeSettings;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigDef;

/** What notifiers that are processes of a test run with. */
final class NotifierProcess {
    /** How long an attempt may take. */
    static final Duration DEADLINE = Duration.ofSeconds(2);

    private static final String KEYS = "test:dGlkZXdhdGNoLXRlc3Qta2V5LTAxMjM0NTY3ODkwMTI=";

    private NotifierProcess() {}

    /** What seals secrets so that they can open them. */
    static SecretBox secrets() {
        return SecretBox.from(Settings.of(SecretBox.define(new ConfigDef()), Map.of(SecretBox.KEYS, KEYS)))
                .orElseThrow();
    }

    /** @param own the directory of one of them */
    static Map<String, String> settings(KafkaSettings kafka, Path own) {
        Map<String, String> settings = new HashMap<>(Map.of(
                RuntimeSettings.STATE_DIR,
                own.resolve("state").toString(),
                NotifierConfig.RECEIVERS_ALLOW,
                "127.0.0.0/8",
                NotifierConfig.ATTEMPT_DEADLINE,
                Long.toString(DEADLINE.toMillis()),
                SecretBox.KEYS,
                KEYS));
        settings.put(KafkaSettings.BOOTSTRAP_SERVERS, kafka.bootstrapServers());
        settings.put(KafkaSettings.REGISTRY_URL, kafka.registryUrl());
        settings.put(KafkaSettings.TOPIC_PREFIX, kafka.topics().prefix());
        return settings;
    }
}
