package io.tidewatch.system.quarantine;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/** Checks of two tenants, each with an alarm: one check's results disturb, and all others' have to be processed. */
final class DisturbedChecks implements AutoCloseable {
    static final List<String> OTHERS =
            IntStream.range(0, 30).mapToObj(number -> "ch" + number).toList();
    static final String TENANT = "quiet";
    private static final CheckPath DISTURBING = new CheckPath("loud", "en1", "ch1");

    private final KafkaSettings kafka;
    private final Producer<String, SpecificRecord> producer;

    DisturbedChecks(KafkaSettings kafka) {
        this.kafka = kafka;
        this.producer =
                new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()));
    }

    static CheckPath other(String checkId) {
        return new CheckPath(TENANT, "en1", checkId);
    }

    static String alarmKey(CheckPath check) {
        return check.sibling("al-" + check.checkId());
    }

    void configure() {
        OTHERS.forEach(check -> configure(other(check)));
        configure(DISTURBING);
        producer.flush();
    }

    /** A result of each quiet check. */
    void publishOthers(Instant timestamp, boolean available) {
        for (String check : OTHERS) {
            send(
                    Topic.CHECK_RESULTS,
                    other(check),
                    other(check).toString(),
                    result(other(check), timestamp, available, available ? "up" : "down"));
        }
        producer.flush();
    }

    /** The result that disturbs. */
    RecordMetadata publishDisturbing(Instant timestamp) throws ExecutionException, InterruptedException {
        return producer.send(new ProducerRecord<>(
                        kafka.topics().of(Topic.CHECK_RESULTS),
                        DISTURBING.partition(Topic.DEFAULT_PARTITIONS),
                        DISTURBING.toString(),
                        result(DISTURBING, timestamp, false, Disturbance.MARK)))
                .get();
    }

    @Override
    public void close() {
        producer.close();
    }

    private void configure(CheckPath path) {
        Check check = Check.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setType("remote.tcp")
                .setPeriodSeconds(60)
                .setTimeoutSeconds(10)
                .setMonitoringZonesPoll(List.of("mzone"))
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        Alarm alarm = Alarm.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setAlarmId("al-" + path.checkId())
                .setCriteria("")
                .setNotificationPlanId("np")
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        send(Topic.CHECKS, path, path.toString(), check);
        send(Topic.ALARMS, path, alarmKey(path), alarm);
    }

    private void send(Topic topic, CheckPath path, String key, SpecificRecord value) {
        var unused = producer.send(
                new ProducerRecord<>(kafka.topics().of(topic), path.partition(Topic.DEFAULT_PARTITIONS), key, value));
    }

    private static CheckResult result(CheckPath path, Instant timestamp, boolean available, String status) {
        return CheckResult.newBuilder()
                .setResultId(UUID.randomUUID().toString())
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setCheckType("remote.tcp")
                .setZoneId("mzone")
                .setCollectorId("co")
                .setTimestamp(timestamp)
                .setAvailable(available)
                .setStatus(status)
                .setMetrics(Map.of("duration", new Metric(1L, "ms")))
                .build();
    }
}
