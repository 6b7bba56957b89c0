package io.tidewatch.system.servers;

import static org.awaitility.Awaitility.await;

import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.AvroSerializer;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.scenario.Performance;
import io.tidewatch.standalone.scenario.Scenario;
import io.tidewatch.standalone.scenario.Scenario.Observation;
import io.tidewatch.standalone.scenario.Stage;
import io.tidewatch.standalone.scenario.StagedScenario;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.topics.Topic;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** A stage of real servers: the stream process with the application {@code alarms} alone, exactly once, as in production. */
final class BrokerStage implements Stage {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private final KafkaSettings kafka;
    private final Clock clock;
    private final StreamsApp app;
    private final String group;
    private final Admin admin;
    private final Producer<String, SpecificRecord> producer;

    BrokerStage(KafkaSettings kafka, Path stateDir, Clock clock) {
        this.kafka = kafka;
        this.clock = clock;
        Settings settings = StreamsSettings.of(kafka, Application.ALARMS.label(), stateDir);
        group = StreamsAppConfig.from(settings).applicationId(Application.ALARMS);
        app = new StreamsApp(settings, clock);
        app.start();
        app.awaitReady(PATIENCE);
        admin = Admin.create(kafka.client());
        producer = new KafkaProducer<>(kafka.client(), new StringSerializer(), new AvroSerializer<>(kafka.registry()));
    }

    @Override
    public List<Performance> play(List<Scenario> scenarios) {
        // So that the newest observation is of now: the broker refuses records from the future. Avro keeps
        // milliseconds.
        Instant start = clock.instant().truncatedTo(ChronoUnit.MILLIS).minus(duration(scenarios));
        List<StagedScenario> staged = new ArrayList<>();
        for (Scenario scenario : scenarios) {
            staged.add(new StagedScenario(scenario, "en" + staged.size(), start));
        }
        staged.forEach(this::publishConfiguration);
        awaitTakenIn(Topic.CHECKS);
        awaitTakenIn(Topic.ALARMS);
        awaitConfigured(staged);
        staged.forEach(this::publishResults);
        awaitTakenIn(Topic.CHECK_RESULTS);
        Map<String, List<AlertEvent>> events = new HashMap<>();
        for (ConsumerRecord<String, byte[]> message : committed(Topic.ALERT_EVENTS)) {
            events.computeIfAbsent(message.key(), key -> new ArrayList<>()).add(decode(message, AlertEvent.class));
        }
        Map<String, AlarmState> states = new HashMap<>();
        committed(Topic.ALARM_STATES).forEach(message -> states.put(message.key(), decode(message, AlarmState.class)));
        return staged.stream()
                .map(one -> one.performance(events.getOrDefault(one.alarmKey(), List.of()), states.get(one.alarmKey())))
                .toList();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        app.close();
    }

    private static Duration duration(List<Scenario> scenarios) {
        return scenarios.stream()
                .flatMap(scenario -> scenario.observations().stream())
                .map(Observation::at)
                .reduce(Duration.ZERO, (a, b) -> a.compareTo(b) > 0 ? a : b);
    }

    private void publishConfiguration(StagedScenario staged) {
        publish(Topic.CHECKS, staged, staged.path().toString(), staged.check(), staged.start());
        publish(Topic.ALARMS, staged, staged.alarmKey(), staged.alarm(), staged.start());
    }

    private void publishResults(StagedScenario staged) {
        for (CheckResult result : staged.results()) {
            publish(Topic.CHECK_RESULTS, staged, staged.path().toString(), result, result.getTimestamp());
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // What does not arrive is missed in the end.
    private void publish(Topic topic, StagedScenario staged, String key, SpecificRecord value, Instant at) {
        int partition = staged.path().partition(Topic.DEFAULT_PARTITIONS);
        producer.send(new ProducerRecord<>(kafka.topics().of(topic), partition, at.toEpochMilli(), key, value));
    }

    /** Waits until each alarm has a state. Offsets don't tell: a change may be held until its criteria is compiled. */
    private void awaitConfigured(List<StagedScenario> staged) {
        await().atMost(PATIENCE)
                .until(() -> committed(Topic.ALARM_STATES).stream()
                        .map(ConsumerRecord::key)
                        .collect(Collectors.toSet())
                        .containsAll(
                                staged.stream().map(StagedScenario::alarmKey).toList()));
    }

    /** Waits until the application has committed all records of this topic. */
    private void awaitTakenIn(Topic topic) {
        producer.flush();
        Map<TopicPartition, Long> ends = ends(partitions(topic));
        await().atMost(PATIENCE).until(() -> {
            Map<TopicPartition, OffsetAndMetadata> committed = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata()
                    .get();
            return ends.entrySet().stream()
                    .allMatch(end -> end.getValue() == 0
                            || (committed.containsKey(end.getKey())
                                    && committed.get(end.getKey()).offset() >= end.getValue()));
        });
    }

    private List<ConsumerRecord<String, byte[]>> committed(Topic topic) {
        try (KafkaConsumer<String, byte[]> consumer = consumer()) {
            List<TopicPartition> partitions = partitions(topic);
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = ends(partitions);
            List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
            while (partitions.stream()
                    .anyMatch(
                            partition -> consumer.position(partition) < Objects.requireNonNull(ends.get(partition)))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
            return records;
        }
    }

    private KafkaConsumer<String, byte[]> consumer() {
        Map<String, Object> properties = new HashMap<>(kafka.client());
        properties.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    private Map<TopicPartition, Long> ends(List<TopicPartition> partitions) {
        Map<TopicPartition, OffsetSpec> latest =
                partitions.stream().collect(Collectors.toMap(partition -> partition, partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().toCompletionStage().toCompletableFuture().join().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    private List<TopicPartition> partitions(Topic topic) {
        return IntStream.range(0, Topic.DEFAULT_PARTITIONS)
                .mapToObj(partition -> new TopicPartition(kafka.topics().of(topic), partition))
                .toList();
    }

    private <T extends SpecificRecord> T decode(ConsumerRecord<String, byte[]> message, Class<T> type) {
        return new AvroSerde<>(kafka.registry(), type).deserializer().deserialize(message.topic(), message.value());
    }
}
