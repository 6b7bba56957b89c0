package io.tidewatch.docs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.poller.PollerConfig;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.streams.alarm.CriteriaShapes;
import io.tidewatch.streams.intake.CaughtUpTime;
import io.tidewatch.streams.sink.Consumed;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.streams.sink.WriteBarrier;
import io.tidewatch.streams.topology.AlarmTopology;
import io.tidewatch.streams.topology.ExternalEffect;
import io.tidewatch.streams.topology.RollupTopology;
import io.tidewatch.streams.topology.SinkTopology;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.apache.avro.Schema;
import org.apache.kafka.streams.Topology;

/**
 * What there is to document: the real topologies and settings of every part. The one place to add to. Topologies are
 * built and never run, so that what they would talk to refuses to be used.
 */
final class Pipeline {
    private static final TopicNames TOPICS = TopicNames.withDefaultPrefix();
    private static final SchemaRegistry REGISTRY = new UnusedRegistry();
    private static final MeterRegistry METERS = new SimpleMeterRegistry();
    private static final StreamsAppConfig STREAMS =
            StreamsAppConfig.from(Settings.of(StreamsAppConfig.definition(), Map.of()));

    /** Outside Kafka, what is written by one part and read by another. */
    private static final String CASSANDRA = "Cassandra";

    private Pipeline() {}

    static List<Application> applications() {
        return List.of(
                application(
                        StreamsAppConfig.Application.ALARMS,
                        "Judges check results by the criteria of alarms, counts runs and votes, and publishes transitions."
                                + " Exactly once.",
                        AlarmTopology.build(
                                TOPICS,
                                REGISTRY,
                                Topic.DEFAULT_PARTITIONS,
                                new CriteriaShapes(),
                                CaughtUpTime.STANDING_STILL,
                                METERS),
                        List.of()),
                application(
                        StreamsAppConfig.Application.ROLLUPS,
                        "Aggregates numeric metrics and availability by series and window of event time, in five resolutions,"
                                + " and finds where text metrics change. Exactly once.",
                        RollupTopology.build(
                                TOPICS,
                                REGISTRY,
                                Topic.DEFAULT_PARTITIONS,
                                STREAMS.rollupTimes(),
                                CaughtUpTime.STANDING_STILL,
                                METERS),
                        List.of()),
                application(
                        StreamsAppConfig.Application.SINK,
                        "Writes results, rollups, texts, transitions and alarm states to Cassandra, and commits their offsets after the rows are"
                                + " acknowledged. At least once, idempotently.",
                        new SinkTopology(TOPICS, REGISTRY, barrier(), METERS)
                                .build(
                                        Topic.DEFAULT_PARTITIONS,
                                        new Inserts(
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>(),
                                                new UnusedInsert<>())),
                        SinkTopology.EFFECTS));
    }

    /** In the order in which a result meets them. */
    static List<Participant> participants() {
        return List.of(
                new Participant(
                        "ingest-gateway",
                        List.of("HTTP clients", CASSANDRA),
                        List.of(Topic.ENTITIES, Topic.CHECKS, Topic.ALARMS),
                        List.of(Topic.ENTITIES, Topic.CHECKS, Topic.ALARMS, Topic.CHECK_RESULTS),
                        List.of()),
                new Participant(
                        "poller",
                        List.of(),
                        List.of(Topic.ENTITIES, Topic.CHECKS),
                        List.of(Topic.CHECK_RESULTS),
                        List.of("targets")),
                new Participant("alert receivers", List.of(), List.of(Topic.ALERT_EVENTS), List.of(), List.of()));
    }

    static List<Part> parts() {
        return List.of(
                new Part("poller", PollerConfig.DEFINITION),
                new Part("ingest-gateway", GatewayConfig.DEFINITION),
                new Part("streams-app", StreamsAppConfig.definition()));
    }

    private static Application application(
            StreamsAppConfig.Application application, String summary, Topology topology, List<ExternalEffect> effects) {
        return new Application(application.label(), STREAMS.applicationId(application), summary, topology, effects);
    }

    private static WriteBarrier barrier() {
        return new WriteBarrier(
                new WriteBarrier.Limits(1, Duration.ZERO, Duration.ZERO),
                failure -> true,
                Executors.newSingleThreadScheduledExecutor(),
                Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
                METERS);
    }

    private static final class UnusedRegistry implements SchemaRegistry {
        @Override
        public int register(String subject, Schema schema) {
            throw new IllegalStateException("Topologies are built here, and never run");
        }

        @Override
        public Schema schema(int id) {
            throw new IllegalStateException("Topologies are built here, and never run");
        }
    }

    private static final class UnusedInsert<V> implements Insert<V> {
        @Override
        public String table() {
            return "unused";
        }

        @Override
        public Write of(Consumed<V> record) {
            throw new IllegalStateException("Topologies are built here, and never run");
        }
    }
}
