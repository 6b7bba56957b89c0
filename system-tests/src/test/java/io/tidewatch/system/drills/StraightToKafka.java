package io.tidewatch.system.drills;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Publishes results as pollers do. */
final class StraightToKafka implements Way {
    private final Producer<String, CheckResult> producer;
    private final String topic;
    private final CompletableFuture<Void> refused = new CompletableFuture<>();

    StraightToKafka(KafkaSettings kafka) {
        this(kafka, Map.of());
    }

    /** @param settings of the producer's */
    StraightToKafka(KafkaSettings kafka, Map<String, Object> settings) {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.putAll(settings);
        producer = new KafkaProducer<>(properties, new StringSerializer(), new AvroSerializer<>(kafka.registry()));
        topic = kafka.topics().of(Topic.CHECK_RESULTS);
    }

    @Override
    public void send(CheckResult result) {
        String key = CheckPath.of(result).toString();
        var unused = producer.send(new ProducerRecord<>(topic, key, result), (place, failure) -> {
            if (failure != null) {
                refused.completeExceptionally(failure);
            }
        });
    }

    @Override
    public void awaitAcknowledged() {
        producer.flush();
        if (refused.isDone()) {
            refused.join();
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
