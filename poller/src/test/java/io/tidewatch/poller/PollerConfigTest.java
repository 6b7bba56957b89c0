package io.tidewatch.poller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.addresses.Cidr;
import io.tidewatch.operations.OperationsSettings;
import io.tidewatch.schema.TargetResolver;
import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PollerConfigTest {
    @Test
    void needsAZoneAndNothingElse() {
        PollerConfig config = config(Map.of("zone.id", "mzdfw"));

        assertThat(config.zoneId()).isEqualTo("mzdfw");
        assertThat(config.collectorId()).endsWith("-" + ProcessHandle.current().pid());
        assertThat(config.operations()).isEqualTo(new OperationsSettings("127.0.0.1", 0));
        assertThat(config.allowedTargets()).isEmpty();
        assertThat(config.deniedTargets()).isEmpty();
        assertThat(config.preferredFamily()).isEqualTo(TargetResolver.IPv4);
        assertThat(config.nameServers()).isEmpty();
        assertThat(config.maxRuns()).isEqualTo(5000);
        assertThat(config.bufferBytes()).isEqualTo(33_554_432);
        assertThat(config.kept()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void readsWhatIsSet() throws Exception {
        PollerConfig config = config(Map.of(
                "zone.id", "mzlon",
                "collector.id", "lon-7",
                "targets.allow", "10.0.0.0/8, fd00::/8",
                "targets.deny", "10.9.0.0/16",
                "targets.family", "IPv6",
                "dns.servers", "192.0.2.53,192.0.2.54#5353"));

        assertThat(config.collectorId()).isEqualTo("lon-7");
        assertThat(config.allowedTargets()).containsExactly(Cidr.parse("10.0.0.0/8"), Cidr.parse("fd00::/8"));
        assertThat(config.deniedTargets()).containsExactly(Cidr.parse("10.9.0.0/16"));
        assertThat(config.preferredFamily()).isEqualTo(TargetResolver.IPv6);
        assertThat(config.nameServers())
                .containsExactly(
                        new InetSocketAddress(InetAddress.getByName("192.0.2.53"), 53),
                        new InetSocketAddress(InetAddress.getByName("192.0.2.54"), 5353));
    }

    @ParameterizedTest
    @CsvSource({
        "zone.id, ''",
        "zone.id, mz/dfw",
        "collector.id, a/b",
        "targets.allow, 10.0.0.1/8",
        "targets.deny, example.com",
        "targets.family, IPv5",
        "dns.servers, ns.example.com",
        "dns.servers, 192.0.2.53#65536",
        "operations.host, ''",
        "operations.port, 65536",
        "runs.max, 0",
        "results.keep.seconds, 29",
        "results.buffer.bytes, 1024",
    })
    void namesASettingThatIsUnfit(String key, String value) {
        Map<String, String> values = new HashMap<>(Map.of("zone.id", "mzdfw"));
        values.put(key, value);

        assertThatThrownBy(() -> config(values))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    @Test
    void takesNamesThatAResultHasRoomFor() {
        assertThat(config(Map.of("zone.id", "z".repeat(255))).zoneId()).hasSize(255);
        assertThatThrownBy(() -> config(Map.of("zone.id", "z".repeat(256))))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("1 to 255 characters");
    }

    @Test
    void saysThatTheZoneIsMissing() {
        assertThatThrownBy(() -> config(Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("zone.id");
    }

    private static PollerConfig config(Map<String, String> values) {
        return PollerConfig.from(Settings.of(PollerConfig.DEFINITION, values));
    }
}
