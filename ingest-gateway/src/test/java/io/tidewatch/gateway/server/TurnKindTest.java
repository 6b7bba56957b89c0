package io.tidewatch.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TurnKindTest {
    @ParameterizedTest
    @CsvSource({
        "GET, /v1.0/acme/suppression_logs, HISTORY",
        "GET, /v1.0/acme/suppression_logs/1:e, HISTORY",
        "GET, /v1.0/acme/entities/en1/alarms/al1/notification_history/ch1, HISTORY",
        "GET, /v1.0/acme/entities/en1/checks/ch1/metrics, HISTORY",
        "HEAD, /v1.0/acme/views/overview, HISTORY",
        "GET, /v1.0/acme/suppressions, READS",
        "GET, /v1.0/acme/entities/en1/alarms/al1, READS",
        "PUT, /v1.0/acme/entities/en1/alarms/al1, CHANGES",
        "POST, /v1.0/acme/results, RESULTS",
        "POST, /v1.0/acme/silences, CHANGES",
        "POST, /v1.0/acme/silences/preview, HISTORY",
        "GET, /v1.0/acme/silences/si1/preview, HISTORY",
        "GET, /v1.0/acme/silences/si1, READS",
        "GET, /v1.0/acme/changelogs/alarms, HISTORY",
        "GET, /, READS",
        "POST, /v1.0/acme/notifications/nt1/test, TESTS",
        "POST, /v1.0/acme/test-notification, TESTS",
        "DELETE, /v1.0/acme/entities/test, CHANGES",
        "DELETE, /v1.0/acme/entities/preview, CHANGES"
    })
    void tellsWhatARequestWaitsFor(String method, String path, TurnKind kind) {
        assertThat(TurnKind.of(method, List.of(path.split("/", -1)))).isEqualTo(kind);
    }
}
