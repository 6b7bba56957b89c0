package io.tidewatch.gateway.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.gateway.Samples;
import io.tidewatch.schema.Check;
import java.util.List;
import org.junit.jupiter.api.Test;

class MetricNameTest {
    @Test
    void takesTheLongestZoneThatFits() {
        Check check = check(List.of("mz", "mz.eu", "mzz"));

        MetricName name = MetricName.parse(check, "mz.eu.disk./var/log.used").orElseThrow();

        assertThat(name.series().zoneId()).isEqualTo("mz.eu");
        assertThat(name.metric()).isEqualTo("disk./var/log.used");
        assertThat(name).hasToString("mz.eu.disk./var/log.used");
    }

    @Test
    void isBareForAnAgentsCheck() {
        MetricName name = MetricName.parse(check(List.of()), "mz.eu.load").orElseThrow();

        assertThat(name.series().hasNoZone()).isTrue();
        assertThat(name.metric()).isEqualTo("mz.eu.load");
    }

    @Test
    void isNoneWithoutAZoneOfTheCheck() {
        assertThat(MetricName.parse(check(List.of("mza")), "mzb.load")).isEmpty();
        assertThat(MetricName.parse(check(List.of("mza")), "mzaload")).isEmpty();
    }

    private static Check check(List<String> zones) {
        Check check = Samples.check("en1", "ch1");
        check.setMonitoringZonesPoll(zones);
        return check;
    }

    @Test
    void tellsWhereAPageOfNamesBeginsInAZone() {
        assertThat(MetricName.first("mzb", "")).contains("");
        assertThat(MetricName.first("mzb", "mzb.load")).contains("load");
        assertThat(MetricName.first("mzb", "mzb.")).contains("");
        assertThat(MetricName.first("mzb", "mzb")).contains("");
        assertThat(MetricName.first("mzb", "mza.load")).contains("");
        assertThat(MetricName.first("mzb", "mzc.load")).isEmpty();
        assertThat(MetricName.first("", "load")).contains("load");
    }
}
