package io.tidewatch.topics;

import io.tidewatch.serde.SchemaRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/**
 * Brings a Kafka cluster and a schema registry to the state of the catalogue: creates missing topics, registers schemas,
 * and finds what doesn't fit. An existing topic is altered only in that it takes larger records, and never deleted. Safe
 * to call again, and from several processes at once.
 */
public final class TopicSetup {
    private static final Duration LISTED_WITHIN = Duration.ofSeconds(30);

    private final Admin admin;
    private final SchemaRegistry registry;
    private final TopicNames names;
    private final RecordSizes sizes;

    public TopicSetup(Admin admin, SchemaRegistry registry, TopicNames names) {
        this.admin = admin;
        this.registry = registry;
        this.names = names;
        this.sizes = new RecordSizes(admin, names);
    }

    /**
     * Creates what is missing and registers every value schema. When it returns, clients find the topics.
     *
     * @param partitions partitions of a topic that is created here
     * @param replicationFactor replicas of a topic that is created here; -1 for the broker's default
     * @return the full names of the topics that were created
     * @throws io.tidewatch.serde.RegistryException when the registry is away or refuses a schema
     * @throws KafkaUnavailableException when Kafka is away
     */
    public List<String> apply(int partitions, short replicationFactor) {
        Set<String> existing = await(() -> admin.listTopics().names().get());
        List<String> created = new ArrayList<>();
        for (Topic topic : Topic.values()) {
            if (!existing.contains(names.of(topic)) && create(topic, partitions, replicationFactor)) {
                created.add(names.of(topic));
            }
        }
        register(List.of(Topic.values()));
        awaitListed();
        sizes.raise(List.of(Topic.values()));
        return List.copyOf(created);
    }

    /** A broker hears of a new topic a moment after its controller has made it; until then, others would not find it. */
    private void awaitListed() {
        List<String> all = Arrays.stream(Topic.values()).map(names::of).toList();
        long deadline = System.nanoTime() + LISTED_WITHIN.toNanos();
        while (!await(() -> admin.listTopics().names().get()).containsAll(all)) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Kafka took the order to create topics, but after "
                        + LISTED_WITHIN.toSeconds() + " s it does not list all of " + all);
            }
        }
    }

    /**
     * What is wrong with the topics: some don't exist, or have to be co-partitioned but aren't, or take too small records.
     *
     * @return a sentence for each fault, saying what to do; empty when all is well
     * @throws KafkaUnavailableException when Kafka is away; calling again is safe
     */
    public List<String> faults() {
        Set<Topic> all = EnumSet.allOf(Topic.class);
        return faults(all, describe(all));
    }

    /** As {@link #faults()}, for some of the topics. */
    List<String> faults(Set<Topic> topics, Map<Topic, TopicDescription> described) {
        List<String> missing = topics.stream()
                .filter(topic -> !described.containsKey(topic))
                .sorted()
                .map(topic -> "topic " + names.of(topic) + " does not exist: run 'tidewatch topics --apply'")
                .toList();
        if (!missing.isEmpty()) {
            return missing;
        }
        List<String> faults = new ArrayList<>(unequalPartitions(Topic.PARTITIONED_BY_CHECK, described));
        faults.addAll(unequalPartitions(Topic.PARTITIONED_BY_TENANT, described));
        faults.addAll(sizes.faults(described.keySet()));
        return List.copyOf(faults);
    }

    private List<String> unequalPartitions(Set<Topic> readTogether, Map<Topic, TopicDescription> described) {
        List<Topic> together =
                readTogether.stream().filter(described::containsKey).sorted().toList();
        List<String> faults = new ArrayList<>();
        for (Topic topic : together) {
            int expected = partitions(described, together.get(0));
            if (partitions(described, topic) != expected) {
                faults.add("topic " + names.of(topic) + " has " + partitions(described, topic) + " partitions, but "
                        + names.of(together.get(0)) + " has " + expected
                        + ": they are read together and need the same number");
            }
        }
        return faults;
    }

    /** What Kafka says of those of the topics that exist. */
    Map<Topic, TopicDescription> describe(Set<Topic> topics) {
        Set<String> existing = await(() -> admin.listTopics().names().get());
        List<Topic> found = topics.stream()
                .filter(topic -> existing.contains(names.of(topic)))
                .toList();
        Map<String, TopicDescription> byName =
                await(() -> admin.describeTopics(found.stream().map(names::of).toList())
                        .allTopicNames()
                        .get());
        return found.stream()
                .collect(Collectors.toMap(
                        Function.identity(), topic -> Objects.requireNonNull(byName.get(names.of(topic)))));
    }

    /** Registers the value schemas of some topics. */
    void register(Collection<Topic> topics) {
        topics.forEach(
                topic -> topic.valueSchema().ifPresent(schema -> registry.register(names.valueSubject(topic), schema)));
    }

    private boolean create(Topic topic, int partitions, short replicationFactor) {
        Map<String, String> config = new HashMap<>();
        config.put(
                TopicConfig.CLEANUP_POLICY_CONFIG,
                topic.compacted() ? TopicConfig.CLEANUP_POLICY_COMPACT : TopicConfig.CLEANUP_POLICY_DELETE);
        topic.retention()
                .ifPresent(kept -> config.put(TopicConfig.RETENTION_MS_CONFIG, Long.toString(kept.toMillis())));
        topic.maxMessageBytes()
                .ifPresent(bytes -> config.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(bytes)));
        NewTopic newTopic = new NewTopic(names.of(topic), partitions, replicationFactor).configs(config);
        return await(() -> {
            try {
                admin.createTopics(List.of(newTopic)).all().get();
                return true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof TopicExistsException) {
                    return false;
                }
                throw e;
            }
        });
    }

    private static int partitions(Map<Topic, TopicDescription> described, Topic topic) {
        return Objects.requireNonNull(described.get(topic)).partitions().size();
    }

    static <T> T await(AdminCall<T> call) {
        try {
            return call.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RetriableException) {
                throw new KafkaUnavailableException(
                        "Kafka does not answer: " + e.getCause().getMessage(), e);
            }
            throw new IllegalStateException("Kafka refused a request about topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka about topics", e);
        }
    }

    interface AdminCall<T> {
        T get() throws ExecutionException, InterruptedException;
    }
}
