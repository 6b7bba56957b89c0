package io.tidewatch.system.drills;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Checks and alarms, for their topics. */
record Configuration(List<Check> checks, List<Alarm> alarms) {
    static Configuration of(DrillStory story) {
        return new Configuration(
                IntStream.range(0, story.checks()).mapToObj(story::check).toList(),
                IntStream.range(0, story.alarms()).mapToObj(story::alarm).toList());
    }

    /** Returns when Kafka has it. */
    void publish(KafkaSettings kafka) {
        try (Producer<String, SpecificRecord> producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()))) {
            for (Check check : checks) {
                CheckPath path = CheckPath.of(check);
                send(producer, kafka.topics().of(Topic.CHECKS), path, path.toString(), check);
            }
            for (Alarm alarm : alarms) {
                CheckPath path = new CheckPath(alarm.getTenantId(), alarm.getEntityId(), alarm.getCheckId());
                send(producer, kafka.topics().of(Topic.ALARMS), path, path.sibling(alarm.getAlarmId()), alarm);
            }
        }
    }

    private static void send(
            Producer<String, SpecificRecord> producer, String topic, CheckPath path, String key, SpecificRecord value) {
        var unused = producer.send(new ProducerRecord<>(topic, path.partition(Topic.DEFAULT_PARTITIONS), key, value));
    }
}
