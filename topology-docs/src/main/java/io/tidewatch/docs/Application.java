package io.tidewatch.docs;

import io.tidewatch.runtime.application.ExternalEffect;
import java.util.List;
import org.apache.kafka.streams.Topology;

/**
 * A Kafka Streams application to be documented.
 *
 * @param name what its users call it, such as {@code alarms}
 * @param applicationId its {@code application.id}, which names its changelog topics
 * @param summary a sentence or two on what it is for
 * @param topology its graph, with topics under the default prefix
 * @param effects what its nodes do outside Kafka
 */
record Application(String name, String applicationId, String summary, Topology topology, List<ExternalEffect> effects) {
    Application {
        effects = List.copyOf(effects);
    }
}
