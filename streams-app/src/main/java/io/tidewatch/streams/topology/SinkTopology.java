package io.tidewatch.streams.topology;

import io.micrometer.core.instrument.MeterRegistry;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.serde.AvroSerde;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.streams.intake.ValidateResult;
import io.tidewatch.streams.timeseries.Insert;
import io.tidewatch.streams.timeseries.Inserts;
import io.tidewatch.streams.timeseries.WriteBarrier;
import io.tidewatch.streams.timeseries.WriteRows;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.Topology;

/** The graph of the application {@code sink}: check results and rollups in, rows of Cassandra out. */
public final class SinkTopology {
    private static final String READ_CHECK_RESULTS = "read-check-results";
    private static final String WRITE_RESULTS = "write-results";
    private static final String PUT_RESULTS_ASIDE = "put-results-aside";
    private static final String READ_METRIC_ROLLUPS = "read-metric-rollups";
    private static final String WRITE_ROLLUPS = "write-rollups";
    private static final String PUT_ROLLUPS_ASIDE = "put-rollups-aside";

    /** What its nodes do outside Kafka. */
    public static final List<ExternalEffect> EFFECTS = List.of(
            new ExternalEffect(WRITE_RESULTS, "Cassandra", "upserts a row of results"),
            new ExternalEffect(WRITE_ROLLUPS, "Cassandra", "upserts a row of rollups_5m"));

    private final TopicNames topics;
    private final SchemaRegistry registry;
    private final WriteBarrier barrier;
    private final MeterRegistry meters;

    public SinkTopology(TopicNames topics, SchemaRegistry registry, WriteBarrier barrier, MeterRegistry meters) {
        this.topics = topics;
        this.registry = registry;
        this.barrier = barrier;
        this.meters = meters;
    }

    /**
     * @param partitions how many partitions {@code check-results} has
     */
    public Topology build(int partitions, Inserts inserts) {
        AvroSerde<CheckResult> resultSerde = new AvroSerde<>(registry, CheckResult.class);
        AvroSerde<MetricRollup> rollupSerde = new AvroSerde<>(registry, MetricRollup.class);
        Topology topology = new Topology();
        read(topology, READ_CHECK_RESULTS, Topic.CHECK_RESULTS, resultSerde);
        topology.addProcessor(ValidateResult.NODE, () -> new ValidateResult(partitions), READ_CHECK_RESULTS);
        topology.addProcessor(
                WRITE_RESULTS, () -> writeRows(WRITE_RESULTS, inserts.results(), resultSerde), ValidateResult.NODE);
        putAside(topology, PUT_RESULTS_ASIDE, WRITE_RESULTS);
        read(topology, READ_METRIC_ROLLUPS, Topic.METRIC_ROLLUPS, rollupSerde);
        topology.addProcessor(
                WRITE_ROLLUPS, () -> writeRows(WRITE_ROLLUPS, inserts.rollups(), rollupSerde), READ_METRIC_ROLLUPS);
        putAside(topology, PUT_ROLLUPS_ASIDE, WRITE_ROLLUPS);
        return topology;
    }

    private <V extends SpecificRecord> WriteRows<V> writeRows(String node, Insert<V> insert, AvroSerde<V> serde) {
        return new WriteRows<>(node, insert, barrier, serde.serializer(), meters);
    }

    private void read(Topology topology, String node, Topic topic, AvroSerde<?> serde) {
        topology.addSource(node, Serdes.String().deserializer(), serde.deserializer(), topics.of(topic));
    }

    private void putAside(Topology topology, String node, String parent) {
        topology.addSink(
                node,
                topics.of(Topic.DEAD_LETTERS),
                Serdes.ByteArray().serializer(),
                Serdes.ByteArray().serializer(),
                parent);
    }
}
