package io.tidewatch.topics;

import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The topics that a part reads and writes, and the wait for them at its start. Other topics may be missing: a part does not
 * care about what it does not use. One thread waits; any thread may ask and close.
 */
public final class RequiredTopics implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RequiredTopics.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int ANSWER_TIMEOUT_MS = 5_000;

    private final Map<String, Object> client;
    private final SchemaRegistry registry;
    private final TopicNames names;
    private final Set<Topic> used;
    private final Set<Topic> written;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<String> waitingBecause =
            Optional.of("Kafka and the schema registry have not been asked yet");

    /**
     * @param client where Kafka is, as properties of a client
     * @param written the topics whose schemas are registered at the start, so that a refusal is found before the first
     *     record
     */
    public RequiredTopics(
            Map<String, Object> client,
            SchemaRegistry registry,
            TopicNames names,
            Set<Topic> read,
            Set<Topic> written) {
        this.client = Map.copyOf(client);
        this.registry = registry;
        this.names = names;
        this.used = new HashSet<>(read);
        this.used.addAll(written);
        this.written = Set.copyOf(written);
    }

    /**
     * Waits until Kafka and the registry answer, however long that takes, and makes sure that the topics are fit for use.
     *
     * @return what Kafka says of each topic
     * @throws IllegalStateException with a sentence for each topic that is missing or unfit; when Kafka refuses to answer;
     *     and when this is closed meanwhile
     * @throws io.tidewatch.serde.RegistryException when the registry refuses a schema
     */
    public Map<Topic, TopicDescription> await() {
        Map<String, Object> config = new HashMap<>(client);
        config.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS);
        config.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_TIMEOUT_MS / 2);
        try (Admin admin = Admin.create(config)) {
            return await(new TopicSetup(admin, registry, names));
        }
    }

    Map<Topic, TopicDescription> await(TopicSetup setup) {
        while (true) {
            try {
                Map<Topic, TopicDescription> described = requireFit(setup);
                setup.register(written);
                waitingBecause = Optional.empty();
                return described;
            } catch (KafkaUnavailableException | RegistryUnavailableException e) {
                waitAfter(e);
            }
        }
    }

    /** What the part still waits for; empty when it has all. */
    public Optional<String> waitingBecause() {
        return waitingBecause;
    }

    /** Ends {@link #await}. */
    @Override
    public void close() {
        closing.countDown();
    }

    private Map<Topic, TopicDescription> requireFit(TopicSetup setup) {
        Map<Topic, TopicDescription> described = setup.describe(used);
        List<String> faults = setup.faults(used, described);
        if (!faults.isEmpty()) {
            throw new IllegalStateException(String.join("; ", faults));
        }
        return new EnumMap<>(described);
    }

    private void waitAfter(RuntimeException failure) {
        Optional<String> reason = Optional.of(String.valueOf(failure.getMessage()));
        if (!reason.equals(waitingBecause)) {
            LOG.warn("The start waits for Kafka or the schema registry reason={}", failure.getMessage());
        }
        waitingBecause = reason;
        try {
            if (closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("Closed before Kafka and the schema registry answered", failure);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted before Kafka and the schema registry answered", e);
        }
    }
}
