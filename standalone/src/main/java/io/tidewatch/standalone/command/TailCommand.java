package io.tidewatch.standalone.command;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Topic;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "tail",
        description = "Prints the records of a topic as lines of JSON while they come, committed ones only.")
final class TailCommand implements Callable<Integer> {
    private static final int ANSWER_WITHIN_MS = 10_000;
    private static final Duration POLL = Duration.ofMillis(200);

    private final PrintStream out;

    @Mixin
    private ServerOptions servers = new ServerOptions();

    @Parameters(
            paramLabel = "TOPIC",
            description = "A topic of ours, such as alert-events, or the full name of any other.")
    private String topic = "";

    @Option(names = "--from-beginning", description = "Begins with the oldest record instead of the next one.")
    private boolean fromBeginning;

    @Option(names = "--limit", paramLabel = "N", description = "Ends after N records (default: never).")
    private Optional<Long> limit = Optional.empty();

    TailCommand(PrintStream out) {
        this.out = out;
    }

    @Override
    public Integer call() {
        Logs.nowhere();
        KafkaSettings settings = KafkaSettings.from(servers.settings());
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(settings)) {
            List<TopicPartition> partitions = partitions(consumer, fullName(settings));
            consumer.assign(partitions);
            if (fromBeginning) {
                consumer.seekToBeginning(partitions);
            } else {
                consumer.seekToEnd(partitions);
            }
            print(consumer, new JsonRecord(settings.registry()));
            return 0;
        } catch (KafkaException e) {
            throw new IllegalStateException(
                    "Kafka at " + settings.bootstrapServers() + " can't be read: " + e.getMessage(), e);
        }
    }

    private void print(KafkaConsumer<byte[], byte[]> consumer, JsonRecord json) {
        long left = limit.orElse(Long.MAX_VALUE);
        while (left > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (left-- > 0) {
                    out.println(json.line(record));
                }
            }
        }
    }

    private String fullName(KafkaSettings settings) {
        return Arrays.stream(Topic.values())
                .filter(known -> known.baseName().equals(topic))
                .findFirst()
                .map(settings.topics()::of)
                .orElse(topic);
    }

    private static List<TopicPartition> partitions(KafkaConsumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        if (partitions.isEmpty()) {
            throw new IllegalStateException(
                    "There is no topic " + topic + ". 'tidewatch topics' lists those of Tidewatch.");
        }
        return partitions;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(KafkaSettings settings) {
        Map<String, Object> properties = new HashMap<>(settings.client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        properties.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MS);
        return new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
