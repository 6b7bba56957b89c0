package io.tidewatch.gateway.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.records.ResourcePath;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConfigurationViewTest {
    private static final TopicPartition PARTITION = new TopicPartition("tidewatch.checks", 3);
    private static final Duration MOMENT = Duration.ofMillis(20);

    private final ConfigurationView view = new ConfigurationView();

    @Test
    void showsTheNewestAndForgetsTheDeleted() {
        LogEntry entity = LogEntry.put(Samples.entity("en1"));

        view.apply(entity);
        assertThat(view.entities().get(ResourcePath.of("acme", "en1"))).isPresent();

        view.apply(entity.tombstone());
        assertThat(view.entities().get(ResourcePath.of("acme", "en1"))).isEmpty();
    }

    @Test
    void findsTheAlarmsOfOneCheck() {
        view.apply(LogEntry.put(Samples.alarm("en1", "ch1", "al1")));
        view.apply(LogEntry.put(Samples.alarm("en1", "ch2", "al2")));
        view.apply(LogEntry.put(Samples.alarm("en2", "ch1", "al3")));

        assertThat(view.alarmsOf(Samples.check("en1", "ch1")))
                .extracting(alarm -> alarm.getAlarmId())
                .containsExactly("al1");
    }

    @Test
    void tellsEntitiesWithACommonBeginningApart() {
        view.apply(LogEntry.put(Samples.check("en1", "ch1")));
        view.apply(LogEntry.put(Samples.check("en10", "ch2")));
        view.apply(LogEntry.put(Samples.check("en1-a", "ch3")));

        assertThat(view.checks().count(ResourcePath.of("acme", "en1"))).isEqualTo(1);
        assertThat(view.checks().count(ResourcePath.of("acme"))).isEqualTo(3);
    }

    @Test
    void waitsUntilTheOffsetIsReached() throws Exception {
        CompletableFuture<Boolean> reached =
                CompletableFuture.supplyAsync(() -> view.await(Map.of(PARTITION, 5L), Duration.ofSeconds(30)));

        view.advance(PARTITION, 5);

        assertThat(reached.get(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void givesUpOneRecordBeforeTheOffset() {
        view.advance(PARTITION, 4);

        assertThat(view.await(Map.of(PARTITION, 5L), MOMENT)).isFalse();
        assertThat(view.await(Map.of(PARTITION, 4L), MOMENT)).isTrue();
    }

    @Test
    void waitsForEveryPartition() {
        TopicPartition other = new TopicPartition("tidewatch.alarms", 0);
        view.advance(PARTITION, 5);

        assertThat(view.await(Map.of(PARTITION, 5L, other, 1L), MOMENT)).isFalse();
    }
}
