package io.tidewatch.system.servers;

import static org.awaitility.Awaitility.await;

import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedBroker;
import io.tidewatch.standalone.servers.ServerPorts;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker, killed. */
final class EmbeddedBrokerIT {
    private static final TopicPartition PARTITION = new TopicPartition("records", 0);
    private static final int TRANSACTION_TIMEOUT_MS = 1_000;

    /** A broker ends transactions that are over every half second. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    /** Fault: its end was on record, and not in the partition, whose readers of committed records read no further. */
    @Test
    void endsTheTransactionsThatWereOpenWhenItWasKilled() throws ExecutionException, InterruptedException {
        try (DataDirectory data = DataDirectory.open(directory);
                EmbeddedBroker broker = new EmbeddedBroker(data, ServerPorts.free())) {
            broker.start();
            createTopic(broker);
            try (Producer<String, String> transactional = producer(Map.of(
                    "bootstrap.servers",
                    broker.address(),
                    "transactional.id",
                    "open",
                    "transaction.timeout.ms",
                    TRANSACTION_TIMEOUT_MS))) {
                transactional.initTransactions();
                transactional.beginTransaction();
                send(transactional, "never committed");

                broker.kill();
                broker.start();
                try (Producer<String, String> other = producer(Map.of("bootstrap.servers", broker.address()));
                        Consumer<String, String> committed = committed(broker)) {
                    send(other, "after it");

                    await().atMost(PATIENCE).until(() -> reads(committed, "after it"));
                }
            }
        }
    }

    private static boolean reads(Consumer<String, String> consumer, String text) {
        return consumer.poll(Duration.ofMillis(100)).records(PARTITION).stream()
                .anyMatch(record -> record.value().equals(text));
    }

    private static void createTopic(EmbeddedBroker broker) throws ExecutionException, InterruptedException {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get();
        }
    }

    private static void send(Producer<String, String> producer, String text)
            throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(PARTITION.topic(), text)).get();
    }

    private static Producer<String, String> producer(Map<String, Object> properties) {
        return new KafkaProducer<>(properties, new StringSerializer(), new StringSerializer());
    }

    private static Consumer<String, String> committed(EmbeddedBroker broker) {
        Consumer<String, String> consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        broker.address(),
                        "isolation.level",
                        "read_committed",
                        "auto.offset.reset",
                        "earliest",
                        "enable.auto.commit",
                        false),
                new StringDeserializer(),
                new StringDeserializer());
        consumer.assign(List.of(PARTITION));
        return consumer;
    }
}
