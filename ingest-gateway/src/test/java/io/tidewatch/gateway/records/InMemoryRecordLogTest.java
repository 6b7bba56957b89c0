package io.tidewatch.gateway.records;

import io.tidewatch.gateway.Samples;
import io.tidewatch.gateway.configuration.ConfigurationView;
import java.util.List;
import org.apache.kafka.common.TopicPartition;

class InMemoryRecordLogTest extends RecordLogContract {
    private final InMemoryRecordLog log = new InMemoryRecordLog(new ConfigurationView(Samples.KINDS.all()));

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
