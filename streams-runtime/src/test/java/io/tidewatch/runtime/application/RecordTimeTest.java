package io.tidewatch.runtime.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RecordTimeTest {
    /** One without a time once ended the threads of all three applications, at each start again. */
    @ParameterizedTest
    @CsvSource({"-1, 0", "-9223372036854775808, 0", "0, 0", "1, 1", "9223372036854775807, 9223372036854775807"})
    void isNeverNegative(long timestampMs, long expectedMs) {
        ConsumerRecord<Object, Object> record = new ConsumerRecord<>(
                "t",
                0,
                0,
                timestampMs,
                TimestampType.CREATE_TIME,
                0,
                0,
                "key",
                "value",
                new RecordHeaders(),
                Optional.empty());

        assertThat(new RecordTime().extract(record, 5)).isEqualTo(expectedMs);
    }
}
