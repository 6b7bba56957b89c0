package io.tidewatch.standalone.command;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.TableSettings;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicSetup;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.avro.Schema;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "topics",
        description =
                "Shows the topics of Kafka and the tables of Cassandra, as they should be and as they are. Exits with 1"
                        + " when something has to be done.")
final class TopicsCommand implements Callable<Integer> {
    private static final int ANSWER_WITHIN_MS = 10_000;

    private final PrintStream out;

    @Mixin
    private ServerOptions servers = new ServerOptions();

    @Option(
            names = "--apply",
            description =
                    "Creates the topics that are missing, registers every schema, and creates the keyspace and the tables"
                            + " that are missing.")
    private boolean apply;

    @Option(
            names = "--partitions",
            paramLabel = "N",
            defaultValue = "6",
            description = "Partitions of topics that are created (default: ${DEFAULT-VALUE}).")
    private int partitions;

    @Option(
            names = "--replication",
            paramLabel = "N",
            defaultValue = "-1",
            description =
                    "Replicas of topics that are created; -1 for the broker's default (default: ${DEFAULT-VALUE}).")
    private short replication;

    TopicsCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Logs.nowhere();
        Settings settings = servers.settings();
        boolean topicsFit = topics(KafkaSettings.from(settings));
        out.println();
        boolean tablesFit =
                new TableReport(CassandraSettings.from(settings), TableSettings.from(settings), out).print(apply);
        return topicsFit && tablesFit ? 0 : 1;
    }

    /** Returns whether nothing is to be done. */
    private boolean topics(KafkaSettings settings) {
        Map<String, Object> client = new HashMap<>(settings.client());
        client.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        client.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        try (Admin admin = Admin.create(client)) {
            TopicSetup setup = new TopicSetup(admin, settings.registry(), settings.topics());
            List<String> created = apply ? setup.apply(partitions, replication) : List.of();
            show(settings, partitionsByTopic(admin), created);
            List<String> faults = setup.faults();
            faults.forEach(out::println);
            return faults.isEmpty();
        }
    }

    private void show(KafkaSettings settings, Map<String, Integer> partitionsByTopic, List<String> created) {
        Table table = new Table(List.of("TOPIC", "KEY", "VALUE", "KEPT", "PARTITIONS", "STATE"));
        for (Topic topic : Topic.values()) {
            String name = settings.topics().of(topic);
            Optional<Integer> found = Optional.ofNullable(partitionsByTopic.get(name));
            table.add(List.of(
                    name,
                    topic.key(),
                    topic.valueSchema().map(Schema::getName).orElse("bytes of the source"),
                    topic.retention()
                            .map(Duration::toDays)
                            .map(days -> days + " days")
                            .orElse("newest of each key"),
                    found.map(String::valueOf).orElse("-"),
                    created.contains(name) ? "created" : found.isPresent() ? "exists" : "missing"));
        }
        table.lines().forEach(out::println);
    }

    private static Map<String, Integer> partitionsByTopic(Admin admin) {
        try {
            Map<String, Integer> partitions = new HashMap<>();
            admin.describeTopics(admin.listTopics().names().get())
                    .allTopicNames()
                    .get()
                    .forEach((name, description) ->
                            partitions.put(name, description.partitions().size()));
            return partitions;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka did not answer a request about topics: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while asking Kafka about topics", e);
        }
    }
}
