package io.tidewatch.docs;

import java.util.Optional;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.internals.InternalTopologyBuilder;
import org.apache.kafka.streams.processor.internals.StoreFactory;

/**
 * Which changelog topics keep an application's stores. A topology's description names its stores and does not say whether
 * they are logged, so that this one class looks inside.
 *
 * <p>Source for the topic's name: Kafka's Streams developer guide, "Manage application topics", internal topics.
 */
final class Changelogs {
    private final InternalTopologyBuilder builder;
    private final String applicationId;

    /**
     * @throws IllegalStateException when Kafka has changed inside, after an upgrade
     */
    Changelogs(Topology topology, String applicationId) {
        this.applicationId = applicationId;
        try {
            var field = Topology.class.getDeclaredField("internalTopologyBuilder");
            field.setAccessible(true);
            builder = (InternalTopologyBuilder) field.get(topology);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("This version of Kafka Streams hides its stores elsewhere", e);
        }
    }

    /** The store's changelog topic; empty when the store is not logged. */
    Optional<String> of(String store) {
        StoreFactory factory = builder.stateStores().get(store);
        return factory != null && factory.loggingEnabled()
                ? Optional.of(applicationId + "-" + store + "-changelog")
                : Optional.empty();
    }
}
