package io.tidewatch.docs;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
import io.tidewatch.notifier.NotifierApp;
import io.tidewatch.notifier.NotifierConfig;
import io.tidewatch.poller.PollerApp;
import io.tidewatch.poller.PollerConfig;
import io.tidewatch.serde.SchemaRegistry;
import io.tidewatch.settings.Settings;
import io.tidewatch.streams.StreamsApp;
import io.tidewatch.streams.StreamsAppConfig;
import io.tidewatch.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.Schema;

/**
 * What there is to document: the real topologies and settings of every part. The one place to add to. Topologies are
 * built and never run, so that what they would talk to refuses to be used.
 */
final class Pipeline {
    private static final SchemaRegistry REGISTRY = new UnusedRegistry();
    private static final MeterRegistry METERS = new SimpleMeterRegistry();
    private static final StreamsAppConfig STREAMS =
            StreamsAppConfig.from(Settings.of(StreamsAppConfig.definition(), Map.of()));

    private static final NotifierConfig NOTIFIER =
            NotifierConfig.from(Settings.of(NotifierConfig.definition(), Map.of()));

    /** Outside Kafka, what is written by one part and read by another. */
    private static final String CASSANDRA = "Cassandra";

    private Pipeline() {}

    static List<Application> applications() {
        return List.of(
                application(
                        StreamsAppConfig.Application.ALARMS,
                        "Judges check results by the criteria of alarms, counts runs and votes, and publishes transitions."
                                + " Exactly once."),
                application(
                        StreamsAppConfig.Application.ROLLUPS,
                        "Aggregates numeric metrics and availability by series and window of event time, in five"
                                + " resolutions, and finds where text metrics change. Exactly once."),
                application(
                        StreamsAppConfig.Application.SINK,
                        "Writes results, rollups, texts, transitions and alarm states to Cassandra, and commits their"
                                + " offsets after the rows are acknowledged. At least once, idempotently."),
                new Application(
                        NOTIFIER.application().name(),
                        NOTIFIER.application().id(),
                        "Keeps incidents, decides who is told what, and tells them. Decides exactly once; a message is sent"
                                + " again under the same id when its sender died before it wrote down the outcome.",
                        NotifierApp.blueprint(NOTIFIER.kafka().topics(), REGISTRY, METERS),
                        NotifierApp.EFFECTS));
    }

    /** In the order in which a result meets them. */
    static List<Participant> participants() {
        Settings gateway = Settings.of(GatewayConfig.DEFINITION, Map.of());
        return List.of(
                new Participant(
                        "ingest-gateway",
                        List.of("HTTP clients", CASSANDRA),
                        inOrder(GatewayApp.topicsRead(gateway)),
                        inOrder(GatewayApp.topicsWritten(gateway)),
                        List.of()),
                new Participant(
                        "poller",
                        List.of(),
                        inOrder(PollerApp.topicsRead()),
                        inOrder(PollerApp.topicsWritten()),
                        List.of("targets")),
                new Participant("other producers", List.of(), List.of(), List.of(Topic.CHECK_RESULTS), List.of()),
                new Participant("alert receivers", List.of(), List.of(Topic.ALERT_EVENTS), List.of(), List.of()));
    }

    private static List<Topic> inOrder(Set<Topic> topics) {
        return topics.stream().sorted().toList();
    }

    static List<Part> parts() {
        return List.of(
                new Part("poller", PollerConfig.DEFINITION),
                new Part("ingest-gateway", GatewayConfig.DEFINITION),
                new Part("streams-app", StreamsAppConfig.definition()),
                new Part("notifier", NotifierConfig.definition()));
    }

    private static Application application(StreamsAppConfig.Application application, String summary) {
        StreamsApp.Blueprint blueprint =
                StreamsApp.blueprint(application, STREAMS, REGISTRY, Topic.DEFAULT_PARTITIONS, METERS);
        return new Application(
                application.label(),
                STREAMS.applicationId(application),
                summary,
                blueprint.topology(),
                blueprint.effects());
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
}
