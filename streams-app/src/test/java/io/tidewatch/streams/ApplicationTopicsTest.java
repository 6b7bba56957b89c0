package io.tidewatch.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.serde.InMemorySchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An application waits for the topics that it names, and its topology uses no others. */
final class ApplicationTopicsTest {
    private static final TopicNames NAMES = TopicNames.withDefaultPrefix();

    @ParameterizedTest
    @EnumSource(Application.class)
    void namesTheTopicsThatItsTopologyUses(Application application) {
        Topology topology = StreamsApp.blueprint(
                        application, config(Map.of()), new InMemorySchemaRegistry(), 4, new SimpleMeterRegistry())
                .topology();

        Set<String> read = new HashSet<>();
        // Kafka Streams sends what a handler puts aside without a node of the topology.
        Set<String> written = new HashSet<>(Set.of(NAMES.of(Topic.DEAD_LETTERS)));
        topology.describe()
                .subtopologies()
                .forEach(part -> part.nodes().forEach(node -> {
                    if (node instanceof TopologyDescription.Source source) {
                        read.addAll(source.topicSet());
                    } else if (node instanceof TopologyDescription.Sink sink) {
                        written.add(sink.topic());
                    }
                }));
        topology.describe()
                .globalStores()
                .forEach(store -> read.addAll(store.source().topicSet()));

        assertThat(application.topicsRead()).extracting(NAMES::of).containsExactlyInAnyOrderElementsOf(read);
        assertThat(application.topicsWritten()).extracting(NAMES::of).containsExactlyInAnyOrderElementsOf(written);
    }

    @Test
    void requiresNothingThatOnlyOtherApplicationsUse() {
        StreamsAppConfig rollups = config(Map.of("applications", "rollups"));

        assertThat(rollups.topicsRead()).containsExactly(Topic.CHECK_RESULTS);
        assertThat(rollups.topicsWritten())
                .containsExactlyInAnyOrder(Topic.METRIC_ROLLUPS, Topic.TEXT_CHANGES, Topic.DEAD_LETTERS);
    }

    @Test
    void requiresWhatAnyOfItsApplicationsUses() {
        StreamsAppConfig all = config(Map.of());

        Set<Topic> used = all.applications().stream()
                .flatMap(application -> application.topicsRead().stream())
                .collect(Collectors.toSet());

        assertThat(all.topicsRead())
                .containsExactlyInAnyOrderElementsOf(used)
                .contains(Topic.ALARMS, Topic.TEXT_CHANGES);
    }

    private static StreamsAppConfig config(Map<String, String> values) {
        return StreamsAppConfig.from(Settings.of(StreamsAppConfig.definition(), values));
    }
}
