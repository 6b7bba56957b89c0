package io.tidewatch.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConfigurationViewTest {
    private static final TopicPartition PARTITION = new TopicPartition("tidewatch.checks", 3);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final ResourcePath ENTITY = ResourcePath.of("acme", "en1");

    private final ConfigurationView view = new ConfigurationView(Samples.KINDS.all());

    @Test
    void showsTheNewestAndForgetsTheDeleted() {
        LogEntry entity = Samples.put(Samples.entity("en1"));

        apply(entity);
        assertThat(view.table(Entity.class).get(ENTITY)).isPresent();

        apply(entity.tombstone());
        assertThat(view.table(Entity.class).get(ENTITY)).isEmpty();
    }

    @Test
    void refusesARecordWhoseKeyIsNotThatOfItsValue() {
        TopicRecord stray = new TopicRecord(Topic.ENTITIES, "acme/other", Optional.of(Samples.entity("en1")));

        assertThatThrownBy(() -> view.apply(stray))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("acme/en1");
        assertThat(view.table(Entity.class).under(ResourcePath.of("acme"))).isEmpty();
    }

    @Test
    void refusesARecordOfAnotherTypeOrTopic() {
        TopicRecord check = new TopicRecord(Topic.ENTITIES, "acme/en1/ch1", Optional.of(Samples.check("en1", "ch1")));
        TopicRecord result = new TopicRecord(Topic.CHECK_RESULTS, "acme/en1/ch1", Optional.empty());

        assertThatThrownBy(() -> view.apply(check)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.apply(result)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> view.table(CheckResult.class)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesTwoKindsInOneTopic() {
        ConfigurationKind<Entity> entities = Samples.KINDS.of(Entity.class);

        assertThatThrownBy(() -> new ConfigurationView(List.of(entities, entities)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void tellsEntitiesWithACommonBeginningApart() {
        apply(Samples.put(Samples.check("en1", "ch1")));
        apply(Samples.put(Samples.check("en10", "ch2")));
        apply(Samples.put(Samples.check("en1-a", "ch3")));

        assertThat(view.table(Check.class).count(ENTITY)).isEqualTo(1);
        assertThat(view.table(Check.class).count(ResourcePath.of("acme"))).isEqualTo(3);
    }

    @Test
    void waitsUntilTheOffsetIsReached() throws Exception {
        CompletableFuture<Boolean> reached =
                CompletableFuture.supplyAsync(() -> view.await(Map.of(PARTITION, 5L), Duration.ofSeconds(30)));

        view.advanced(PARTITION, 5);

        assertThat(reached.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpOneRecordBeforeTheOffset() {
        view.advanced(PARTITION, 4);

        assertThat(view.await(Map.of(PARTITION, 5L), MOMENT)).isFalse();
        assertThat(view.await(Map.of(PARTITION, 4L), MOMENT)).isTrue();
    }

    @Test
    void waitsForEveryPartition() {
        TopicPartition other = new TopicPartition("tidewatch.alarms", 0);
        view.advanced(PARTITION, 5);

        assertThat(view.await(Map.of(PARTITION, 5L, other, 1L), MOMENT)).isFalse();
    }

    private void apply(LogEntry entry) {
        view.apply(new TopicRecord(entry.topic(), entry.key(), entry.value()));
    }
}
