package io.tidewatch.gateway;

import java.util.List;
import org.apache.kafka.common.TopicPartition;

class InMemoryRecordLogTest extends RecordLogContract {
    private final InMemoryRecordLog log = new InMemoryRecordLog(new ConfigurationView());

    @Override
    RecordLog log() {
        return log;
    }

    @Override
    List<String> keys(TopicPartition partition) {
        return log.partition(partition).stream()
                .map(entry -> shown(entry.key(), entry.value()))
                .toList();
    }
}
