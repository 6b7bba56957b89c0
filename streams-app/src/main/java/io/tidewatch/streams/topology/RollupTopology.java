package io.tidewatch.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.intake.ValidateResult;
import io.tidewatch.streams.rollup.RollUpMetrics;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** The graph of the application {@code rollups}: check results in, rollups of their numeric metrics out. */
public final class RollupTopology {
    private static final String READ_CHECK_RESULTS = "read-check-results";
    private static final String ROLL_UP_METRICS = "roll-up-metrics";
    private static final String WRITE_METRIC_ROLLUPS = "write-metric-rollups";

    private RollupTopology() {}

    /**
     * @param partitions how many partitions {@code check-results} has
     */
    public static Topology build(
            TopicNames topics,
            SchemaRegistry registry,
            int partitions,
            RollUpMetrics.Times times,
            MeterRegistry meters) {
        Topology topology = new Topology();
        topology.addSource(
                READ_CHECK_RESULTS,
                Serdes.String().deserializer(),
                new AvroSerde<>(registry, CheckResult.class).deserializer(),
                topics.of(Topic.CHECK_RESULTS));
        topology.addProcessor(ValidateResult.NODE, () -> new ValidateResult(partitions), READ_CHECK_RESULTS);
        topology.addProcessor(ROLL_UP_METRICS, () -> new RollUpMetrics(times, meters), ValidateResult.NODE);
        RollUpMetrics.stores(times).forEach(store -> topology.addStateStore(store, ROLL_UP_METRICS));
        topology.addSink(
                WRITE_METRIC_ROLLUPS,
                topics.of(Topic.METRIC_ROLLUPS),
                Serdes.String().serializer(),
                new AvroSerde<>(registry, MetricRollup.class).serializer(),
                ROLL_UP_METRICS);
        return topology;
    }
}
