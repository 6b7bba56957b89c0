package io.tidewatch.streams.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.runtime.application.BySegments;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RollupPartitionsTest {
    @ParameterizedTest
    @ValueSource(strings = {"duration", "disk//dev/sda1", ""})
    void sendsWhatIsPublishedOfACheckToItsPartition(String metric) {
        for (int number = 0; number < 20; number++) {
            CheckPath check = new CheckPath("t", "en1", "ch" + number);

            for (String zone : new String[] {"mzdfw", ""}) {
                assertThat(BySegments.check().partitions("any", new Series(check, zone).rollupKey(metric), "any", 6))
                        .contains(Set.of(check.partition(6)));
            }
        }
    }
}
