package io.tidewatch.gateway.records;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.Samples;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Partitions;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** What every record log keeps to; the topics have six partitions. */
abstract class RecordLogContract {
    private static final TopicNames NAMES = TopicNames.withDefaultPrefix();

    /** A log whose topics are empty. */
    abstract RecordLog log();

    /** The keys in a partition, oldest first; a tombstone's with a minus sign in front. */
    abstract List<String> keys(TopicPartition partition);

    @Test
    void keepsTheOrderOfAPartition() {
        RecordLog log = log();
        LogEntry entity = Samples.put(Samples.entity("en1"));

        log.append(List.of(entity, entity.tombstone(), entity));

        assertThat(keys(onlyPartition(log.append(List.of(entity)))))
                .containsExactly("acme/en1", "-acme/en1", "acme/en1", "acme/en1");
    }

    @Test
    void tellsTheOffsetThatFollowsTheLastRecord() {
        RecordLog log = log();
        LogEntry entity = Samples.put(Samples.entity("en1"));

        Map<TopicPartition, Long> first = log.append(List.of(entity, entity));
        Map<TopicPartition, Long> second = log.append(List.of(entity));

        assertThat(first.values()).containsExactly(2L);
        assertThat(second.values()).containsExactly(3L);
    }

    @Test
    void putsAnAlarmAndItsTombstoneIntoThePartitionOfItsCheck() {
        RecordLog log = log();
        Alarm alarm = Samples.alarm("en1", "ch1", "al1");
        int partition = new CheckPath("acme", "en1", "ch1").partition(6);

        log.append(List.of(Samples.put(alarm), Samples.put(alarm).tombstone()));

        assertThat(keys(new TopicPartition(NAMES.of(Topic.ALARMS), partition)))
                .containsExactly("acme/en1/al1", "-acme/en1/al1");
    }

    @Test
    void putsANotificationIntoThePartitionOfItsTenant() {
        RecordLog log = log();

        log.append(List.of(Samples.put(Samples.notification("nt1")), Samples.put(Samples.notification("nt2"))));

        assertThat(keys(new TopicPartition(NAMES.of(Topic.NOTIFICATIONS), Partitions.of("acme", 6))))
                .containsExactly("acme/nt1", "acme/nt2");
    }

    @Test
    void putsAResultIntoThePartitionOfItsCheck() {
        RecordLog log = log();

        Map<TopicPartition, Long> offsets = log.append(List.of(result(Samples.result("en1", "ch1"))));

        int partition = new CheckPath("acme", "en1", "ch1").partition(6);
        assertThat(offsets).containsOnlyKeys(new TopicPartition(NAMES.of(Topic.CHECK_RESULTS), partition));
    }

    private static LogEntry result(CheckResult result) {
        String check = CheckPath.of(result).toString();
        return new LogEntry(Topic.CHECK_RESULTS, check, Optional.of(check), Optional.of(result));
    }

    static String shown(String key, Optional<?> value) {
        return value.isPresent() ? key : "-" + key;
    }

    private static TopicPartition onlyPartition(Map<TopicPartition, Long> offsets) {
        assertThat(offsets).hasSize(1);
        return offsets.keySet().iterator().next();
    }
}
