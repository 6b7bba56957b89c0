package io.tidewatch.notifier.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DetectionTest {
    private final Detection detection = new Detection(CheckTypes.ALL);

    @ParameterizedTest
    @CsvSource({
        "remote.http, , 70",
        "remote.http, return new AlarmStatus(OK);, 70",
        "remote.http, :set consecutiveCount=3 return new AlarmStatus(OK);, 190",
        "remote.http, no criteria, 70"
    })
    void isAsManyRunsAsTheAlarmWantsAndTheTimeoutOfTheLast(String type, String criteria, int seconds) {
        Alarm alarm = Alarm.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setAlarmId("al1")
                .setCheckId("ch1")
                .setCriteria(criteria)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();
        Check check = Check.newBuilder()
                .setTenantId("t")
                .setEntityId("en1")
                .setCheckId("ch1")
                .setType(type)
                .setPeriodSeconds(60)
                .setTimeoutSeconds(10)
                .setCreatedAt(Instant.EPOCH)
                .setUpdatedAt(Instant.EPOCH)
                .build();

        assertThat(detection.of(alarm, check)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(detection.of(alarm, check)).isEqualTo(Duration.ofSeconds(seconds));
    }
}
