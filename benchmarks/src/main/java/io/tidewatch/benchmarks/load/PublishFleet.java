package io.tidewatch.benchmarks.load;

import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Instant;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Publishes checks, their alarms, and first results as the gateway and pollers would. */
public record PublishFleet(Fleet fleet, TopicNames topics, Producer<String, SpecificRecord> producer) {
    /** Checks from one to before another, each with its alarm. Returns when Kafka has them. */
    public void configuration(int from, int to, Instant now) {
        for (int check = from; check < to; check++) {
            int partition = fleet.path(check).partition(Topic.DEFAULT_PARTITIONS);
            send(Topic.CHECKS, partition, fleet.path(check).toString(), fleet.check(check, now), now);
            send(Topic.ALARMS, partition, fleet.alarmKey(check), fleet.alarm(check, now), now);
        }
        producer.flush();
    }

    /** One good observation of each zone for each check from one to before another. Returns when Kafka has them. */
    public void observations(int from, int to, Instant now) {
        for (int zone = 0; zone < fleet.zones(); zone++) {
            for (int check = from; check < to; check++) {
                int partition = fleet.path(check).partition(Topic.DEFAULT_PARTITIONS);
                String key = fleet.path(check).toString();
                send(Topic.CHECK_RESULTS, partition, key, fleet.observation(check, zone, false, now), now);
            }
        }
        producer.flush();
    }

    private void send(Topic topic, int partition, String key, SpecificRecord value, Instant now) {
        var unused = producer.send(new ProducerRecord<>(topics.of(topic), partition, now.toEpochMilli(), key, value));
    }
}
