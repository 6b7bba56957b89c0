package io.tidewatch.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.AvroStores;
import io.tidewatch.runtime.application.BySegments;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.runtime.deadletters.CutValues;
import io.tidewatch.runtime.quarantine.Guard;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.alarm.AlarmStores;
import io.tidewatch.streams.alarm.EvaluateAlarms;
import io.tidewatch.streams.alarm.TenantCosts;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.intake.ValidateResult;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.state.StoreBuilder;

/** The graph of the application {@code alarms}: results and configuration in, transitions and states out. */
public final class AlarmTopology {
    private static final String READ_CHECK_RESULTS = "read-check-results";
    private static final String READ_CHECKS = "read-checks";
    private static final String READ_ALARMS = "read-alarms";
    private static final String EVALUATE_ALARMS = "evaluate-alarms";
    private static final String WRITE_ALERT_EVENTS = "write-alert-events";
    private static final String WRITE_ALARM_STATES = "write-alarm-states";
    private static final String WRITE_DEAD_LETTERS = "write-dead-letters";

    private AlarmTopology() {}

    /**
     * @param partitions how many partitions {@code check-results} has
     * @param shapes one for the whole process, so that a criteria's shape is compiled once
     * @param caughtUp the clock that silence is measured with
     */
    public static Topology build(
            TopicNames topics,
            SchemaRegistry registry,
            int partitions,
            CriteriaShapes shapes,
            CaughtUpTime caughtUp,
            MeterRegistry meters) {
        return build(topics, registry, partitions, shapes, caughtUp, meters, Guard.NONE);
    }

    /** As the other one, with a guard around each processor. */
    public static Topology build(
            TopicNames topics,
            SchemaRegistry registry,
            int partitions,
            CriteriaShapes shapes,
            CaughtUpTime caughtUp,
            MeterRegistry meters,
            Guard guard) {
        shapes.bindTo(meters);
        TenantCosts costs = new TenantCosts(meters);
        Topology topology = new Topology();
        read(topology, READ_CHECK_RESULTS, topics.of(Topic.CHECK_RESULTS), reader(registry, CheckResult.class));
        read(topology, READ_CHECKS, topics.of(Topic.CHECKS), reader(registry, Check.class));
        read(topology, READ_ALARMS, topics.of(Topic.ALARMS), reader(registry, Alarm.class));
        AvroStores.addGlobal(
                topology,
                AlarmStores.ENTITIES,
                registry,
                Entity.class,
                topics.of(Topic.ENTITIES),
                Topic.ENTITIES.baseName());
        topology.addProcessor(
                ValidateResult.NODE,
                guard.around(ValidateResult.NODE, () -> new ValidateResult(partitions)),
                READ_CHECK_RESULTS);
        EvaluateAlarms.Outputs outputs =
                new EvaluateAlarms.Outputs(WRITE_ALERT_EVENTS, WRITE_ALARM_STATES, WRITE_DEAD_LETTERS, EVALUATE_ALARMS);
        topology.addProcessor(
                EVALUATE_ALARMS,
                guard.around(
                        EVALUATE_ALARMS,
                        withStores(
                                registry,
                                () -> new EvaluateAlarms(topics, registry, shapes, caughtUp, meters, costs, outputs))),
                ValidateResult.NODE,
                READ_CHECKS,
                READ_ALARMS);
        topology.addSink(
                WRITE_ALERT_EVENTS,
                topics.of(Topic.ALERT_EVENTS),
                Serdes.String().serializer(),
                writer(registry, AlertEvent.class),
                BySegments.<AlertEvent>tenant(),
                EVALUATE_ALARMS);
        write(topology, WRITE_ALARM_STATES, topics.of(Topic.ALARM_STATES), writer(registry, AlarmState.class));
        write(topology, WRITE_DEAD_LETTERS, topics.of(Topic.DEAD_LETTERS), new CutValues());
        return topology;
    }

    private static void read(Topology topology, String node, String topic, Deserializer<?> values) {
        topology.addSource(node, Serdes.String().deserializer(), values, topic);
    }

    private static void write(Topology topology, String node, String topic, Serializer<?> values) {
        topology.addSink(node, topic, Serdes.String().serializer(), values, EVALUATE_ALARMS);
    }

    private static <T extends SpecificRecord> Deserializer<T> reader(SchemaRegistry registry, Class<T> type) {
        return new AvroSerde<>(registry, type).deserializer();
    }

    private static <T extends SpecificRecord> Serializer<T> writer(SchemaRegistry registry, Class<T> type) {
        return new AvroSerde<>(registry, type).serializer();
    }

    private static ProcessorSupplier<String, SpecificRecord, String, Object> withStores(
            SchemaRegistry registry, ProcessorSupplier<String, SpecificRecord, String, Object> supplier) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, SpecificRecord, String, Object> get() {
                return supplier.get();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return AlarmStores.builders(registry);
            }
        };
    }
}
