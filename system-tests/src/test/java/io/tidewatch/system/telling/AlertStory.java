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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** Tenants whose alarms change their states by chance: published as the alarms' application would, and remembered. */
final class AlertStory implements AutoCloseable {
    static final List<String> KINDS = List.of("prompt", "shaky");

    private static final String PLAN = "np1";
    private static final List<State> STATES = List.of(State.OK, State.WARNING, State.CRITICAL);

    private final KafkaSettings kafka;
    private final Producer<String, SpecificRecord> producer;
    private final List<String> tenants;
    private final List<String> alarms = new ArrayList<>();
    private final Map<String, State> states = new HashMap<>();
    private final Random lots;
    private long transitions;

    AlertStory(KafkaSettings kafka, int tenants, int alarmsOfEach, long seed) {
        this.kafka = kafka;
        this.producer = new KafkaProducer<>(
                new HashMap<>(kafka.client()), new StringSerializer(), new AvroSerializer<>(kafka.registry()));
        this.lots = new Random(seed);
        this.tenants = new ArrayList<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            this.tenants.add("tenant" + tenant);
            for (int alarm = 0; alarm < alarmsOfEach; alarm++) {
                alarms.add("tenant" + tenant + "/en1/al" + alarm);
            }
        }
        alarms.forEach(alarm -> states.put(alarm, State.OK));
    }

    /** Of each tenant a plan that tells a prompt receiver and a shaky one of everything. */
    void configure(Receivers receivers, SecretBox secrets) throws Exception {
        Instant now = now();
        for (String tenant : tenants) {
            for (String kind : KINDS) {
                String id = "nt" + kind;
                publish(
                        Topic.NOTIFICATIONS,
                        tenant + "/" + id,
                        tenant,
                        Notification.newBuilder()
                                .setTenantId(tenant)
                                .setNotificationId(id)
                                .setType("webhook")
                                .setLabel(kind)
                                .setSecrets(Map.of(
                                        "url",
                                        secrets.seal(
                                                receivers.url(kind, tenant, id), new SecretPlace(tenant, id, "url"))))
                                .setCreatedAt(now)
                                .setUpdatedAt(now)
                                .build());
            }
            List<String> all = KINDS.stream().map(kind -> "nt" + kind).toList();
            publish(
                    Topic.NOTIFICATION_PLANS,
                    tenant + "/" + PLAN,
                    tenant,
                    NotificationPlan.newBuilder()
                            .setTenantId(tenant)
                            .setNotificationPlanId(PLAN)
                            .setLabel("all")
                            .setCriticalState(all)
                            .setWarningState(all)
                            .setOkState(all)
                            .setCreatedAt(now)
                            .setUpdatedAt(now)
                            .build());
        }
        for (String alarm : alarms) {
            String[] path = alarm.split("/", -1);
            publish(
                    Topic.ALARMS,
                    alarm,
                    path[0] + "/en1/ch1",
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
        producer.flush();
    }

    /** An alarm changes its state. */
    void step() throws Exception {
        String alarm = alarms.get(lots.nextInt(alarms.size()));
        State before = state(alarm);
        State after = STATES.stream().filter(state -> state != before).toList().get(lots.nextInt(STATES.size() - 1));
        states.put(alarm, after);
        transitions++;
        String[] path = alarm.split("/", -1);
        Instant at = now();
        publish(
                Topic.ALERT_EVENTS,
                alarm,
                path[0],
                AlertEvent.newBuilder()
                        .setEventId(String.join(":", path[0], path[1], path[2], "ch1", "" + transitions, after.name()))
                        .setTenantId(path[0])
                        .setEntityId(path[1])
                        .setCheckId("ch1")
                        .setAlarmId(path[2])
                        .setTimestamp(at)
                        .setState(after)
                        .setPreviousState(before)
                        .setStatus("transition " + transitions)
                        .setObservations(List.of())
                        .setMetrics(Map.of())
                        .setNotificationPlanId(PLAN)
                        .build());
    }

    List<String> alarms() {
        return List.copyOf(alarms);
    }

    State state(String alarm) {
        return states.getOrDefault(alarm, State.OK);
    }

    long transitions() {
        return transitions;
    }

    @Override
    public void close() {
        producer.close();
    }

    private void publish(Topic topic, String key, String partitionedBy, SpecificRecord value) throws Exception {
        int partition = Partitions.of(partitionedBy, Topic.DEFAULT_PARTITIONS);
        Future<?> sent = producer.send(new ProducerRecord<>(kafka.topics().of(topic), partition, key, value));
        if (topic == Topic.ALERT_EVENTS) {
            sent.get();
        }
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
