package io.tidewatch.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.runtime.application.BySegments;
import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.runtime.quarantine.Guard;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.intake.ValidateResult;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.streams.rollup.RollupStores;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** The graph of the application {@code rollups}: check results in; rollups of numbers, and changes of texts, out. */
public final class RollupTopology {
    private static final String READ_CHECK_RESULTS = "read-check-results";
    private static final String ROLL_UP_METRICS = "roll-up-metrics";
    private static final String WRITE_METRIC_ROLLUPS = "write-metric-rollups";
    private static final String WRITE_TEXT_CHANGES = "write-text-changes";

    private RollupTopology() {}

    /**
     * @param partitions how many partitions {@code check-results} has
     */
    public static Topology build(
            TopicNames topics,
            SchemaRegistry registry,
            int partitions,
            RollUpMetrics.Times times,
            CaughtUpTime caughtUp,
            MeterRegistry meters) {
        return build(topics, registry, partitions, times, caughtUp, meters, Guard.NONE);
    }

    /** As the other one, with a guard around each processor. */
    public static Topology build(
            TopicNames topics,
            SchemaRegistry registry,
            int partitions,
            RollUpMetrics.Times times,
            CaughtUpTime caughtUp,
            MeterRegistry meters,
            Guard guard) {
        Topology topology = new Topology();
        topology.addSource(
                READ_CHECK_RESULTS,
                Serdes.String().deserializer(),
                new AvroSerde<>(registry, CheckResult.class).deserializer(),
                topics.of(Topic.CHECK_RESULTS));
        topology.addProcessor(
                ValidateResult.NODE,
                guard.around(ValidateResult.NODE, () -> new ValidateResult(partitions)),
                READ_CHECK_RESULTS);
        RollUpMetrics.Outputs outputs = new RollUpMetrics.Outputs(WRITE_METRIC_ROLLUPS, WRITE_TEXT_CHANGES);
        topology.addProcessor(
                ROLL_UP_METRICS,
                guard.around(ROLL_UP_METRICS, () -> new RollUpMetrics(times, caughtUp, meters, outputs)),
                ValidateResult.NODE);
        RollupStores.builders(times).forEach(store -> topology.addStateStore(store, ROLL_UP_METRICS));
        write(topology, WRITE_METRIC_ROLLUPS, topics.of(Topic.METRIC_ROLLUPS), registry, MetricRollup.class);
        write(topology, WRITE_TEXT_CHANGES, topics.of(Topic.TEXT_CHANGES), registry, TextChange.class);
        return topology;
    }

    private static <T extends SpecificRecord> void write(
            Topology topology, String node, String topic, SchemaRegistry registry, Class<T> type) {
        topology.addSink(
                node,
                topic,
                Serdes.String().serializer(),
                new AvroSerde<>(registry, type).serializer(),
                BySegments.check(),
                ROLL_UP_METRICS);
    }
}
