package io.tidewatch.system.telling;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.State;
import io.tidewatch.secrets.SecretBox;
import io.tidewatch.secrets.SecretPlace;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.topics.Partitions;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** What notifiers read, published as the gateway and the alarms' application would. */
final class AlertTopics implements AutoCloseable {
    static final String PLAN = "np1";

    private final KafkaSettings kafka;
    private final Producer<String, SpecificRecord> producer;

    AlertTopics(KafkaSettings kafka) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                new HashMap<>(kafka.client()), new StringSerializer(), new AvroSerializer<>(kafka.registry()));
    }

    /**
     * A receiver of a tenant.
     *
     * @param details what is not secret
     * @param secrets by their fields, in clear; the box seals them
     */
    void notification(
            String tenant,
            String id,
            String type,
            Map<String, String> details,
            Map<String, String> secrets,
            SecretBox box) {
        Map<String, String> sealed = new HashMap<>();
        secrets.forEach((field, secret) -> sealed.put(field, box.seal(secret, new SecretPlace(tenant, id, field))));
        Instant now = now();
        Future<?> unused = publish(
                Topic.NOTIFICATIONS,
                tenant + "/" + id,
                tenant,
                Notification.newBuilder()
                        .setTenantId(tenant)
                        .setNotificationId(id)
                        .setType(type)
                        .setLabel(id)
                        .setDetails(new HashMap<>(details))
                        .setSecrets(sealed)
                        .setCreatedAt(now)
                        .setUpdatedAt(now)
                        .build());
    }

    /** The plan of a tenant, which tells these of everything but UNKNOWN. */
    void plan(String tenant, List<String> notifications) {
        Instant now = now();
        Future<?> unused = publish(
                Topic.NOTIFICATION_PLANS,
                tenant + "/" + PLAN,
                tenant,
                NotificationPlan.newBuilder()
                        .setTenantId(tenant)
                        .setNotificationPlanId(PLAN)
                        .setLabel("all")
                        .setCriticalState(notifications)
                        .setWarningState(notifications)
                        .setOkState(notifications)
                        .setCreatedAt(now)
                        .setUpdatedAt(now)
                        .build());
    }

    /** @param alarm {@code tenant/entity/alarm} */
    void alarm(String alarm) {
        String[] path = alarm.split("/", -1);
        Instant now = now();
        Future<?> unused = publish(
                Topic.ALARMS,
                alarm,
                path[0] + "/" + path[1] + "/ch1",
                Alarm.newBuilder()
                        .setTenantId(path[0])
                        .setEntityId(path[1])
                        .setAlarmId(path[2])
                        .setCheckId("ch1")
                        .setNotificationPlanId(PLAN)
                        .setCreatedAt(now)
                        .setUpdatedAt(now)
                        .build());
    }

    /**
     * A transition.
     *
     * @param alarm {@code tenant/entity/alarm}
     * @param number different for each
     */
    Future<?> transition(String alarm, State before, State after, long number) {
        String[] path = alarm.split("/", -1);
        return publish(
                Topic.ALERT_EVENTS,
                alarm,
                path[0],
                AlertEvent.newBuilder()
                        .setEventId(String.join(":", path[0], path[1], path[2], "ch1", "" + number, after.name()))
                        .setTenantId(path[0])
                        .setEntityId(path[1])
                        .setCheckId("ch1")
                        .setAlarmId(path[2])
                        .setTimestamp(now())
                        .setState(after)
                        .setPreviousState(before)
                        .setStatus("transition " + number)
                        .setObservations(List.of())
                        .setMetrics(Map.of())
                        .setNotificationPlanId(PLAN)
                        .build());
    }

    void flush() {
        producer.flush();
    }

    @Override
    public void close() {
        producer.close();
    }

    private Future<?> publish(Topic topic, String key, String partitionedBy, SpecificRecord value) {
        int partition = Partitions.of(partitionedBy, Topic.DEFAULT_PARTITIONS);
        return producer.send(new ProducerRecord<>(kafka.topics().of(topic), partition, key, value));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
