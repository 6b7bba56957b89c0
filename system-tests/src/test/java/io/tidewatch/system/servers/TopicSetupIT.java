package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.serde.ConfluentSchemaRegistry;
import io.tidewatch.serde.RegistryUnavailableException;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.standalone.servers.Port;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicSetup;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedServers.class)
final class TopicSetupIT {
    private static final int PARTITIONS = 3;
    private static final short ONE_REPLICA = 1;

    private KafkaSettings kafka;
    private Admin admin;
    private TopicSetup setup;

    @BeforeEach
    void nothingIsThere(EmbeddedServers servers) {
        kafka = SharedServers.withoutTopics(servers);
        admin = Admin.create(kafka.client());
        setup = new TopicSetup(admin, kafka.registry(), kafka.topics());
    }

    @AfterEach
    void close() {
        admin.close();
    }

    @Test
    void createsEveryTopicOnce() {
        List<String> first = setup.apply(PARTITIONS, ONE_REPLICA);
        List<String> second = setup.apply(PARTITIONS, ONE_REPLICA);

        assertThat(first)
                .containsExactlyElementsOf(
                        Arrays.stream(Topic.values()).map(kafka.topics()::of).toList());
        assertThat(second).isEmpty();
        assertThat(setup.faults()).isEmpty();
    }

    @Test
    void keepsRecordsAsTheCatalogueSays() throws ExecutionException, InterruptedException {
        setup.apply(PARTITIONS, ONE_REPLICA);

        for (Topic topic : Topic.values()) {
            Config config = config(topic);
            assertThat(config.get("cleanup.policy").value())
                    .as(topic.baseName())
                    .isEqualTo(topic.compacted() ? "compact" : "delete");
            assertThat(topic.retention().map(Duration::toMillis).map(String::valueOf))
                    .as(topic.baseName())
                    .matches(kept -> kept.isEmpty()
                            || kept.get().equals(config.get("retention.ms").value()));
        }
    }

    @Test
    void deadLettersTakeASourcesLargestRecordAndItsHeaders() throws ExecutionException, InterruptedException {
        setup.apply(PARTITIONS, ONE_REPLICA);

        assertThat(config(Topic.DEAD_LETTERS).get("max.message.bytes").value()).isEqualTo("2097152");
    }

    @Test
    void namesDeadLettersThatTakeTooSmallRecordsAndRaisesTheirLimit() throws ExecutionException, InterruptedException {
        setup.apply(PARTITIONS, ONE_REPLICA);
        limitDeadLetters("2097151");
        String name = kafka.topics().of(Topic.DEAD_LETTERS);
        assertThat(setup.faults())
                .containsExactly(
                        "topic " + name + " takes max.message.bytes=2097151, but its records have up to 2097152"
                                + " bytes: run 'tidewatch topics --apply'");

        setup.apply(PARTITIONS, ONE_REPLICA);

        assertThat(setup.faults()).isEmpty();
        assertThat(config(Topic.DEAD_LETTERS).get("max.message.bytes").value()).isEqualTo("2097152");
    }

    @Test
    void neverLowersTheLimitOfDeadLetters() throws ExecutionException, InterruptedException {
        setup.apply(PARTITIONS, ONE_REPLICA);
        limitDeadLetters("2097153");

        setup.apply(PARTITIONS, ONE_REPLICA);

        assertThat(config(Topic.DEAD_LETTERS).get("max.message.bytes").value()).isEqualTo("2097153");
    }

    @Test
    void registersTheSchemasThatRecordsAreWrittenWith() {
        setup.apply(PARTITIONS, ONE_REPLICA);

        ConfluentSchemaRegistry registry = new ConfluentSchemaRegistry(kafka.registryUrl());
        String subject = kafka.topics().valueSubject(Topic.CHECK_RESULTS);
        int id = registry.register(subject, Topic.CHECK_RESULTS.valueSchema().orElseThrow());
        assertThat(registry.schema(id))
                .isEqualTo(Topic.CHECK_RESULTS.valueSchema().orElseThrow());
    }

    @Test
    void saysWhichTopicsAreMissingAndWhatToDo() {
        assertThat(setup.faults())
                .hasSize(Topic.values().length)
                .contains(
                        "topic " + kafka.topics().of(Topic.CHECKS) + " does not exist: run 'tidewatch topics --apply'");
    }

    @Test
    void saysWhichTopicIsPartitionedUnlikeTheOneItIsReadWith() throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(kafka.topics().of(Topic.ALARMS), PARTITIONS + 1, ONE_REPLICA)))
                .all()
                .get();
        setup.apply(PARTITIONS, ONE_REPLICA);

        assertThat(setup.faults())
                .containsExactly("topic " + kafka.topics().of(Topic.ALARMS) + " has 4 partitions, but "
                        + kafka.topics().of(Topic.CHECK_RESULTS)
                        + " has 3: they are read together and need the same number");
    }

    @Test
    void saysWhichTopicOfTheNotifiersIsPartitionedUnlikeTheOthers() throws ExecutionException, InterruptedException {
        admin.createTopics(List.of(new NewTopic(kafka.topics().of(Topic.SUPPRESSIONS), PARTITIONS + 1, ONE_REPLICA)))
                .all()
                .get();
        setup.apply(PARTITIONS, ONE_REPLICA);

        assertThat(setup.faults())
                .containsExactly("topic " + kafka.topics().of(Topic.SUPPRESSIONS) + " has 4 partitions, but "
                        + kafka.topics().of(Topic.ALERT_EVENTS)
                        + " has 3: they are read together and need the same number");
    }

    @Test
    void aRegistryThatIsAwayIsAFailure() {
        TopicSetup withoutRegistry = new TopicSetup(
                admin,
                new ConfluentSchemaRegistry("http://127.0.0.1:" + Port.free(1).get(0)),
                kafka.topics());

        assertThatThrownBy(() -> withoutRegistry.apply(PARTITIONS, ONE_REPLICA))
                .isInstanceOf(RegistryUnavailableException.class);
    }

    private void limitDeadLetters(String maxMessageBytes) throws ExecutionException, InterruptedException {
        AlterConfigOp limit =
                new AlterConfigOp(new ConfigEntry("max.message.bytes", maxMessageBytes), AlterConfigOp.OpType.SET);
        admin.incrementalAlterConfigs(Map.of(resource(Topic.DEAD_LETTERS), List.of(limit)))
                .all()
                .get();
    }

    private ConfigResource resource(Topic topic) {
        return new ConfigResource(ConfigResource.Type.TOPIC, kafka.topics().of(topic));
    }

    private Config config(Topic topic) throws ExecutionException, InterruptedException {
        return admin.describeConfigs(List.of(resource(topic))).all().get().get(resource(topic));
    }
}
