package io.tidewatch.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.settings.Settings;
import io.tidewatch.settings.SettingsException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GatewayConfigTest {
    @Test
    void hasADefaultForEverything() {
        GatewayConfig config = config(Map.of());

        assertThat(config.httpPort()).isEqualTo(8080);
        assertThat(config.minCheckPeriodSeconds()).isEqualTo(30);
        assertThat(config.maxChecksPerTenant()).isEqualTo(1_000);
        assertThat(config.maxAlarmsPerTenant()).isEqualTo(10_000);
        assertThat(config.maxNotificationsPerTenant()).isEqualTo(1_000);
        assertThat(config.maxNotificationPlansPerTenant()).isEqualTo(1_000);
        assertThat(config.maxSuppressionsPerTenant()).isEqualTo(1_000);
        assertThat(config.maxSilencesPerTenant()).isEqualTo(500);
        assertThat(config.longestSilence()).isEqualTo(Duration.ofDays(90));
        assertThat(config.maxMaintenanceWindowsPerTenant()).isEqualTo(100);
        assertThat(config.maxInhibitionsPerTenant()).isEqualTo(100);
        assertThat(config.secrets()).isEmpty();
        assertThat(config.maxResultAge()).isEqualTo(Duration.ofDays(2));
        assertThat(config.maxResultFuture()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void documentsEveryKey() {
        assertThat(GatewayConfig.DEFINITION.configKeys().values())
                .allSatisfy(key -> assertThat(key.documentation).isNotBlank().endsWith("."));
    }

    @ParameterizedTest
    @CsvSource({
        "http.port, 65536",
        "http.port, web",
        "check.period.min.seconds, 1",
        "shutdown.timeout.ms, 2501",
        "secrets.keys, k"
    })
    void namesTheKeyThatIsBad(String key, String value) {
        assertThatThrownBy(() -> config(Map.of(key, value)))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining(key);
    }

    @Test
    void allowsShortTimeoutsWithShortPeriods() {
        try (RunningApi api = new RunningApi(Map.of(GatewayConfig.MIN_CHECK_PERIOD_SECONDS, "2"))) {
            String checks = "/entities/" + api.createEntity() + "/checks";

            assertThat(api.post(checks, "{\"type\": \"agent.cpu\", \"period\": 2, \"timeout\": 1}")
                            .status())
                    .isEqualTo(201);
            api.post(checks, "{\"type\": \"agent.cpu\", \"period\": 1}").assertBadField("badRequest", "period");
        }
    }

    private static GatewayConfig config(Map<String, String> values) {
        return GatewayConfig.from(Settings.of(GatewayConfig.DEFINITION, values));
    }
}
