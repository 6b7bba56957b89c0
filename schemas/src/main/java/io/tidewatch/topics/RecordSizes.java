package io.tidewatch.topics;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Whether existing topics take records as large as the catalogue says. Used by {@link TopicSetup} alone. */
final class RecordSizes {
    private final Admin admin;
    private final TopicNames names;

    RecordSizes(Admin admin, TopicNames names) {
        this.admin = admin;
        this.names = names;
    }

    /** A sentence for each of these existing topics whose limit is too small. */
    List<String> faults(Collection<Topic> existing) {
        List<String> faults = new ArrayList<>();
        tooSmall(existing)
                .forEach((topic, bytes) -> faults.add("topic " + names.of(topic) + " takes "
                        + TopicConfig.MAX_MESSAGE_BYTES_CONFIG + "=" + bytes + ", but its records have up to "
                        + topic.maxMessageBytes().orElseThrow() + " bytes: run 'tidewatch topics --apply'"));
        return faults;
    }

    /** Has these existing topics take records of the catalogue's size. Limits are raised, never lowered. */
    void raise(Collection<Topic> existing) {
        for (Topic topic : tooSmall(existing).keySet()) {
            AlterConfigOp raised = new AlterConfigOp(
                    new ConfigEntry(
                            TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
                            topic.maxMessageBytes().orElseThrow().toString()),
                    AlterConfigOp.OpType.SET);
            TopicSetup.await(() -> admin.incrementalAlterConfigs(Map.of(resource(topic), List.of(raised)))
                    .all()
                    .get());
        }
    }

    /** The limits that are too small, by topic. */
    private Map<Topic, Long> tooSmall(Collection<Topic> existing) {
        List<Topic> sized = existing.stream()
                .filter(topic -> topic.maxMessageBytes().isPresent())
                .toList();
        Map<ConfigResource, Config> configs = sized.isEmpty()
                ? Map.of()
                : TopicSetup.await(() -> admin.describeConfigs(
                                sized.stream().map(this::resource).toList())
                        .all()
                        .get());
        Map<Topic, Long> tooSmall = new TreeMap<>();
        for (Topic topic : sized) {
            limit(Objects.requireNonNull(configs.get(resource(topic))))
                    .filter(bytes -> bytes < topic.maxMessageBytes().orElseThrow())
                    .ifPresent(bytes -> tooSmall.put(topic, bytes));
        }
        return tooSmall;
    }

    private static Optional<Long> limit(Config config) {
        return Optional.ofNullable(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG))
                .map(ConfigEntry::value)
                .map(Long::valueOf);
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, names.of(topic));
    }
}
