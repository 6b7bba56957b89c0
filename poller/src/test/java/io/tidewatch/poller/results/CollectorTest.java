package io.tidewatch.poller.results;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.MetricType;
import io.tidewatch.checks.remote.ConnectionMetrics;
import io.tidewatch.checks.remote.RemoteHttp;
import io.tidewatch.poller.probe.Measurements;
import io.tidewatch.poller.probe.Outcome;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CollectorTest {
    private static final Instant BEGAN = Instant.parse("2026-01-01T00:00:00Z");

    private final Collector collector = new Collector("mzdfw", "host-1");

    @Test
    void putsANameToWhatWasMeasured() {
        Map<String, Metric> measured =
                new Measurements().text(RemoteHttp.CODE, "200").toMap();

        CheckResult result = result(new Outcome.Available("code=200", measured));

        assertThat(UUID.fromString(result.getResultId()).version()).isEqualTo(4);
        result.setResultId("");
        assertThat(result)
                .isEqualTo(new CheckResult(
                        "",
                        "t",
                        "en1",
                        "ch1",
                        "remote.http",
                        "mzdfw",
                        "host-1",
                        BEGAN,
                        null,
                        true,
                        "code=200",
                        null,
                        Map.of("code", new Metric("200", null))));
    }

    @Test
    void givesAFailureItsKind() {
        CheckResult result = result(Outcome.failed(FailureKind.TLS_ERROR, "no"));

        assertThat(result.getAvailable()).isFalse();
        assertThat(result.getFailure()).isEqualTo(FailureKind.TLS_ERROR);
    }

    @Test
    void keepsAStatusToOneLineOfLimitedLength() {
        CheckResult result = result(Outcome.failed(FailureKind.TLS_ERROR, "a\r\nb" + "c".repeat(300)));

        assertThat(result.getStatus()).isEqualTo("a b" + "c".repeat(253));
    }

    /** A certificate may have hundreds of names. The topic's readers would put the whole result aside. */
    @Test
    void cutsATextAsLongAsOneMayBe() {
        String longest = "\u20ac".repeat(ResultBounds.MAX_TEXT_CHARS);
        Map<String, Metric> measured = new Measurements()
                .text(ConnectionMetrics.CERT_SUBJECT_ALTERNATIVE_NAMES, longest + "x")
                .text(ConnectionMetrics.CERT_SUBJECT, longest.substring(1) + "\ud83d\ude00")
                .text(ConnectionMetrics.CERT_ISSUER, longest)
                .text(RemoteHttp.CODE, longest)
                .toMap();

        CheckResult result = result(new Outcome.Available("s".repeat(1000), measured));

        assertThat(ResultBounds.objection(result)).isEmpty();
        assertThat(result.getMetrics())
                .containsEntry(ConnectionMetrics.CERT_SUBJECT_ALTERNATIVE_NAMES.name(), new Metric(longest, null))
                .containsEntry(ConnectionMetrics.CERT_SUBJECT.name(), new Metric(longest.substring(1), null))
                .containsEntry(ConnectionMetrics.CERT_ISSUER.name(), new Metric(longest, null));
    }

    /** The results of all types of check, each text of them as long as a target can make it. */
    @Test
    void fitsWhateverATargetSays() {
        String endless = "\u20ac".repeat(1_000_000);
        for (CheckType type : CheckTypes.ALL.list()) {
            Measurements measurements = new Measurements();
            type.metrics().stream()
                    .filter(metric -> metric.type() == MetricType.TEXT)
                    .forEach(metric -> measurements.text(metric, endless));

            CheckResult result = result(new Outcome.Available(endless, measurements.toMap()));

            assertThat(ResultBounds.objection(result)).as(type.toString()).isEmpty();
        }
    }

    private CheckResult result(Outcome outcome) {
        return collector.result(new CheckPath("t", "en1", "ch1"), "remote.http", BEGAN, outcome);
    }
}
