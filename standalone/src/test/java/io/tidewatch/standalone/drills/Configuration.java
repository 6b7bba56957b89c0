package io.tidewatch.standalone.drills;

import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** The checks and alarms of a story, on their topics. */
record Configuration(Story story) {
    /** Returns when Kafka has it. */
    void publish(KafkaSettings kafka) {
        try (Producer<String, SpecificRecord> producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()))) {
            for (int check = 0; check < story.checks(); check++) {
                CheckPath path = story.path(check);
                send(producer, kafka.topics().of(Topic.CHECKS), path, path.toString(), story.check(check));
            }
            for (int alarm = 0; alarm < story.alarms(); alarm++) {
                CheckPath path = story.path(alarm / Story.ALARMS_A_CHECK);
                String key = path.sibling(story.alarm(alarm).getAlarmId());
                send(producer, kafka.topics().of(Topic.ALARMS), path, key, story.alarm(alarm));
            }
        }
    }

    private static void send(
            Producer<String, SpecificRecord> producer, String topic, CheckPath path, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(topic, path.partition(Topic.DEFAULT_PARTITIONS), key, value));
    }
}
