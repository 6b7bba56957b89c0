package io.tidewatch.gateway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TurnKindTest {
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
    })
    void tellsWhatARequestWaitsFor(String method, String path, TurnKind kind) {
        assertThat(TurnKind.of(method, List.of(path.split("/")))).isEqualTo(kind);
    }
}
