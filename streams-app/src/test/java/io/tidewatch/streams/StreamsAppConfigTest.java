package io.tidewatch.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import io.tidewatch.streams.StreamsAppConfig.Application;
import io.tidewatch.timeseries.CassandraSettings;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class StreamsAppConfigTest {
    @Test
    void runsAllApplicationsOnThisMachineByDefault() {
        StreamsAppConfig config = config(Map.of());

        assertThat(config.applications()).containsExactly(Application.ALARMS, Application.ROLLUPS, Application.SINK);
        assertThat(config.applicationId(Application.ALARMS)).isEqualTo("tidewatch-alarms");
        assertThat(config.of(Application.ALARMS).threads()).isEqualTo(1);
        assertThat(config.of(Application.ALARMS).commitIntervalMs()).isEqualTo(50);
        assertThat(config.rollupTimes().lateness()).isEqualTo(Duration.ofDays(2));
        assertThat(config.cassandra().contactPoints())
                .containsExactly(InetSocketAddress.createUnresolved("localhost", 9042));
    }

    @Test
    void namesApplicationsAfterTheTopicPrefix() {
        assertThat(config(Map.of("topic.prefix", "blue.tw.")).applicationId(Application.SINK))
                .isEqualTo("blue.tw-sink");
        assertThat(config(Map.of("topic.prefix", "")).applicationId(Application.SINK))
                .isEqualTo("sink");
    }

    @Test
    void refusesAnApplicationThatDoesNotExist() {
        assertThatThrownBy(() -> config(Map.of("applications", "alarms,sinks")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("applications")
                .hasMessageContaining("alarms, rollups and sink");
    }

    @Test
    void acceptsSeveralContactPointsWithAndWithoutPort() {
        CassandraSettings cassandra = config(Map.of("cassandra.contact.points", "a, b:9142,[::1]:9043"))
                .cassandra();

        assertThat(cassandra.contactPoints())
                .containsExactly(
                        InetSocketAddress.createUnresolved("a", 9042),
                        InetSocketAddress.createUnresolved("b", 9142),
                        InetSocketAddress.createUnresolved("[::1]", 9043));
    }

    @Test
    void refusesContactPointsAndKeyspacesOfAnotherForm() {
        assertThatThrownBy(() -> config(Map.of("cassandra.contact.points", "a:b")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("host:port");
        assertThatThrownBy(() -> config(Map.of("cassandra.keyspace", "Tide;DROP")))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("cassandra.keyspace");
    }

    @Test
    void refusesAPollTimeoutThatASessionOutlasts() {
        assertThatThrownBy(() -> config(Map.of("sink.poll.timeout.ms", "6000")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("sink.poll.timeout.ms is 6000, and session.timeout.ms is 6000: ");
        assertThat(config(Map.of("sink.poll.timeout.ms", "6001")).applications())
                .contains(Application.SINK);
    }

    @Test
    void doesNotShowThePassword() {
        assertThat(config(Map.of("cassandra.password", "hunter2")).toString()).doesNotContain("hunter2");
    }

    private static StreamsAppConfig config(Map<String, String> values) {
        return StreamsAppConfig.from(Settings.of(StreamsAppConfig.definition(), values));
    }
}
