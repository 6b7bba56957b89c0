package io.tidewatch.benchmarks.servers;

import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import io.tidewatch.topics.TopicSetup;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringSerializer;

/** A broker and a registry of a benchmark's own, with Tidewatch's topics, in a directory that is deleted with them. */
public final class BenchmarkKafka implements AutoCloseable {
    private static final short REPLICATION = 1;
    private static final Duration FORGOTTEN_WITHIN = Duration.ofSeconds(30);

    private final DataDirectory data;
    private final EmbeddedServers servers;
    private final Admin admin;

    private BenchmarkKafka(DataDirectory data, EmbeddedServers servers, Admin admin) {
        this.data = data;
        this.servers = servers;
        this.admin = admin;
    }

    /** @throws io.tidewatch.standalone.servers.ServerException when a server can't be started */
    public static BenchmarkKafka start() {
        DataDirectory data = DataDirectory.temporary("tidewatch-benchmark");
        EmbeddedServers servers = new EmbeddedServers(data, ServerPorts.free());
        try {
            servers.broker().start();
            servers.registry().start();
            createCatalogue(settings(servers));
            return new BenchmarkKafka(
                    data, servers, Admin.create(settings(servers).client()));
        } catch (RuntimeException e) {
            servers.close();
            data.delete();
            throw e;
        }
    }

    public KafkaSettings settings() {
        return settings(servers);
    }

    /** Where applications keep their stores. */
    public Path state() {
        return data.streamsState();
    }

    public Producer<String, SpecificRecord> producer() {
        return new KafkaProducer<>(
                settings().client(),
                new StringSerializer(),
                new AvroSerializer<>(settings().registry()));
    }

    public void createTopics(String... names) {
        List<NewTopic> topics = List.of(names).stream()
                .map(name -> new NewTopic(name, Topic.DEFAULT_PARTITIONS, REPLICATION))
                .toList();
        done(admin.createTopics(topics).all());
    }

    /** How many records of a topic without transactions and gaps are behind a group's offsets. */
    public long committed(String group, String topic) {
        return done(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata()).entrySet().stream()
                .filter(offset -> offset.getKey().topic().equals(topic) && Objects.nonNull(offset.getValue()))
                .mapToLong(offset -> offset.getValue().offset())
                .sum();
    }

    /** The partitions of a topic that a group has given to members whose client id begins like this. */
    public Set<Integer> assigned(String group, String clientId, String topic) {
        return done(admin.describeConsumerGroups(List.of(group)).all()).values().stream()
                .flatMap(description -> description.members().stream())
                .filter(member -> member.clientId().startsWith(clientId))
                .flatMap(member -> member.assignment().topicPartitions().stream())
                .filter(partition -> partition.topic().equals(topic))
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
    }

    /** Makes an application that has ended one that never was: its group, its own topics and its stores are gone. */
    public void forget(String application) {
        done(admin.deleteConsumerGroups(List.of(application)).all());
        Set<String> topics = topicsOf(application);
        done(admin.deleteTopics(topics).all());
        if (!Await.isSoWithin(FORGOTTEN_WITHIN, () -> topicsOf(application).isEmpty())) {
            throw new IllegalStateException("The topics of " + application + " are not deleted");
        }
        // Who keeps all in memory has none.
        if (Files.exists(state().resolve(application))) {
            deleteTree(state().resolve(application));
        }
    }

    private Set<String> topicsOf(String application) {
        return done(admin.listTopics().names()).stream()
                .filter(topic -> topic.startsWith(application + "-"))
                .collect(Collectors.toSet());
    }

    private static <T> T done(KafkaFuture<T> future) {
        return future.toCompletionStage().toCompletableFuture().join();
    }

    @Override
    public void close() {
        admin.close();
        servers.close();
        data.delete();
    }

    private static void createCatalogue(KafkaSettings settings) {
        try (Admin admin = Admin.create(settings.client())) {
            new TopicSetup(admin, settings.registry(), settings.topics()).apply(Topic.DEFAULT_PARTITIONS, REPLICATION);
        }
    }

    private static KafkaSettings settings(EmbeddedServers servers) {
        return new KafkaSettings(
                servers.broker().address(), servers.registry().address(), TopicNames.withDefaultPrefix());
    }

    private static void deleteTree(Path tree) {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The directory " + tree + " can't be deleted", e);
        }
    }
}
