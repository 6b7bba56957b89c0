package io.tidewatch.notifier.topology;

import io.tidewatch.notifier.task.Configured;
import io.tidewatch.notifier.task.TaskStores;
import io.tidewatch.notifier.task.TellReceivers;
import io.tidewatch.runtime.application.AvroStores;
import io.tidewatch.runtime.application.BySegments;
import io.tidewatch.runtime.application.ExternalEffect;
import io.tidewatch.runtime.quarantine.Guard;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.Suppression;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The graph of the notifier: transitions and configuration in, incidents, deliveries and their attempts out. What it has
 * decided to deliver it reads again when the transaction is committed, and only then sends it.
 */
public final class NotifierTopology {
    private static final String TELL_RECEIVERS = "tell-receivers";

    /** What each process keeps all of. */
    private static final Set<Topic> GLOBAL = EnumSet.of(Topic.ENTITIES, Topic.CHECKS, Topic.ALARMS);

    /** What tasks read, each its partition. */
    private static final Set<Topic> BY_TENANT = EnumSet.of(
            Topic.NOTIFICATIONS,
            Topic.NOTIFICATION_PLANS,
            Topic.SUPPRESSIONS,
            Topic.SILENCES,
            Topic.MAINTENANCE_WINDOWS,
            Topic.INHIBITIONS,
            Topic.ALERT_EVENTS,
            Topic.INCIDENT_COMMANDS,
            Topic.DELIVERIES,
            Topic.DELIVERY_ATTEMPTS);

    /** What the notifier reads. */
    public static final Set<Topic> READ = Stream.concat(GLOBAL.stream(), BY_TENANT.stream())
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Topic.class)));

    /** What the notifier writes, dead letters included. */
    public static final Set<Topic> WRITTEN =
            EnumSet.of(Topic.INCIDENTS, Topic.DELIVERIES, Topic.DELIVERY_ATTEMPTS, Topic.DEAD_LETTERS);

    /** What its nodes do outside Kafka. */
    public static final List<ExternalEffect> EFFECTS =
            List.of(new ExternalEffect(TELL_RECEIVERS, "receivers", "sends what has been decided"));

    private static final String WRITE_INCIDENTS = "write-incidents";
    private static final String WRITE_DELIVERIES = "write-deliveries";
    private static final String WRITE_ATTEMPTS = "write-delivery-attempts";

    /**
     * How far back a notifier begins when there was none before. The topic has the transitions of a month, and nobody wants to
     * be told of them; those of its own start it must not miss.
     */
    private static final AutoOffsetReset RECENT = AutoOffsetReset.byDuration(Duration.ofHours(1));

    private NotifierTopology() {}

    /** @param teller makes the processor of a task, which forwards to {@link #outputs} */
    public static Topology build(
            TopicNames topics, SchemaRegistry registry, Supplier<TellReceivers> teller, Guard guard) {
        Topology topology = new Topology();
        AutoOffsetReset all = AutoOffsetReset.earliest();
        String[] sources = {
            read(topology, topics, Topic.NOTIFICATIONS, registry, Notification.class, all),
            read(topology, topics, Topic.NOTIFICATION_PLANS, registry, NotificationPlan.class, all),
            read(topology, topics, Topic.SUPPRESSIONS, registry, Suppression.class, all),
            read(topology, topics, Topic.SILENCES, registry, Silence.class, all),
            read(topology, topics, Topic.MAINTENANCE_WINDOWS, registry, MaintenanceWindow.class, all),
            read(topology, topics, Topic.INHIBITIONS, registry, Inhibition.class, all),
            read(topology, topics, Topic.ALERT_EVENTS, registry, AlertEvent.class, RECENT),
            read(topology, topics, Topic.INCIDENT_COMMANDS, registry, IncidentCommand.class, RECENT),
            read(topology, topics, Topic.DELIVERIES, registry, Delivery.class, RECENT),
            read(topology, topics, Topic.DELIVERY_ATTEMPTS, registry, DeliveryAttempt.class, RECENT)
        };
        AvroStores.addGlobal(
                topology,
                Configured.ENTITIES,
                registry,
                Entity.class,
                topics.of(Topic.ENTITIES),
                Topic.ENTITIES.baseName());
        AvroStores.addGlobal(
                topology, Configured.CHECKS, registry, Check.class, topics.of(Topic.CHECKS), Topic.CHECKS.baseName());
        AvroStores.addGlobal(
                topology, Configured.ALARMS, registry, Alarm.class, topics.of(Topic.ALARMS), Topic.ALARMS.baseName());
        topology.addProcessor(TELL_RECEIVERS, guard.around(TELL_RECEIVERS, withStores(registry, teller)), sources);
        write(topology, WRITE_INCIDENTS, topics.of(Topic.INCIDENTS), registry, Incident.class);
        write(topology, WRITE_DELIVERIES, topics.of(Topic.DELIVERIES), registry, Delivery.class);
        write(topology, WRITE_ATTEMPTS, topics.of(Topic.DELIVERY_ATTEMPTS), registry, DeliveryAttempt.class);
        return topology;
    }

    /** The nodes that write. */
    public static TellReceivers.Outputs outputs() {
        return new TellReceivers.Outputs(WRITE_INCIDENTS, WRITE_DELIVERIES, WRITE_ATTEMPTS);
    }

    /** @return the node's name */
    private static <T extends SpecificRecord> String read(
            Topology topology,
            TopicNames topics,
            Topic topic,
            SchemaRegistry registry,
            Class<T> type,
            AutoOffsetReset reset) {
        String node = "read-" + topic.baseName();
        topology.addSource(
                reset,
                node,
                Serdes.String().deserializer(),
                new AvroSerde<>(registry, type).deserializer(),
                topics.of(topic));
        return node;
    }

    private static <T extends SpecificRecord> void write(
            Topology topology, String node, String topic, SchemaRegistry registry, Class<T> type) {
        topology.addSink(
                node,
                topic,
                Serdes.String().serializer(),
                new AvroSerde<>(registry, type).serializer(),
                BySegments.<T>tenant(),
                TELL_RECEIVERS);
    }

    private static ProcessorSupplier<String, SpecificRecord, String, SpecificRecord> withStores(
            SchemaRegistry registry, Supplier<TellReceivers> teller) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, SpecificRecord, String, SpecificRecord> get() {
                return teller.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return TaskStores.builders(registry);
            }
        };
    }
}
