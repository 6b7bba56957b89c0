package io.tidewatch.benchmarks.sink;

import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.FailureKind;
import io.tidewatch.schema.Metric;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/**
 * One check seen from one zone, with values as noisy as real ones: a level that wanders, noise around it, now and then a
 * spike, and one run in a thousand that fails. Of four checks, two are of a web server with TLS (nine metrics), one of one
 * without (six), and one of a database through somebody's own producer (eight, most of them numbers with all their digits).
 * Ids are as random as a producer's. Mutable; one thread.
 */
final class MonitoredSeries {
    private static final int KINDS = 4;
    private static final int RUNS_A_FAILURE = 1_000;
    private static final int RUNS_A_SPIKE = 200;
    private static final int JITTER_MS = 20;
    private static final Duration CERTIFICATE_LEFT = Duration.ofDays(60);

    private final int check;
    private final String zone;
    private final Random random;
    private final double baseMs;
    private final long pageBytes;
    private double level;
    private long certificateEnd;

    MonitoredSeries(int check, String zone, Random random) {
        this.check = check;
        this.zone = zone;
        this.random = random;
        this.baseMs = 20 + random.nextInt(300);
        this.pageBytes = 2_000L + random.nextInt(60_000);
    }

    /** The next run's result; {@code due} later each time. */
    CheckResult observe(Instant due) {
        Instant timestamp = due.plusMillis(random.nextInt(JITTER_MS));
        level = 0.98 * level + 0.05 * random.nextGaussian();
        CheckResult.Builder result = CheckResult.newBuilder()
                .setResultId(new UUID(random.nextLong(), random.nextLong()).toString())
                .setTenantId("acme")
                .setEntityId("enweb" + check / KINDS)
                .setCheckId("ch" + check)
                .setCheckType(check % KINDS == KINDS - 1 ? "acme.database" : "remote.http")
                .setZoneId(zone)
                .setCollectorId("poller-" + zone + "-1")
                .setTimestamp(timestamp);
        if (random.nextInt(RUNS_A_FAILURE) == 0) {
            return result.setAvailable(false)
                    .setStatus("connecting took longer than 10 s")
                    .setFailure(FailureKind.CONNECT_TIMEOUT)
                    .setMetrics(Map.of())
                    .build();
        }
        result.setAvailable(true);
        return switch (check % KINDS) {
            case 0, 1 -> webServer(result, true, timestamp);
            case 2 -> webServer(result, false, timestamp);
            default -> database(result);
        };
    }

    private CheckResult webServer(CheckResult.Builder result, boolean tls, Instant timestamp) {
        long connect = Math.round(baseMs / 4 * noise(0.05));
        long firstByte = connect + Math.round(baseMs / 2 * noise(0.15));
        long duration = firstByte + Math.round(baseMs / 4 * noise(0.1));
        long bytes = pageBytes + random.nextInt(40);
        Metric code = new Metric("200", null);
        Metric truncated = new Metric(0L, "bytes");
        Metric durationMs = new Metric(duration, "milliseconds");
        Metric connectMs = new Metric(connect, "milliseconds");
        Metric firstByteMs = new Metric(firstByte, "milliseconds");
        Metric size = new Metric(bytes, "bytes");
        result.setStatus(String.format(Locale.ROOT, "code=200,rt=%.3fs,bytes=%d", duration / 1000.0, bytes));
        if (!tls) {
            return result.setMetrics(Map.of(
                            "code", code,
                            "duration", durationMs,
                            "tt_connect", connectMs,
                            "tt_firstbyte", firstByteMs,
                            "bytes", size,
                            "truncated", truncated))
                    .build();
        }
        if (certificateEnd == 0) {
            certificateEnd = timestamp.plus(CERTIFICATE_LEFT).getEpochSecond();
        }
        return result.setMetrics(Map.of(
                        "code", code,
                        "duration", durationMs,
                        "tt_connect", connectMs,
                        "tt_firstbyte", firstByteMs,
                        "bytes", size,
                        "truncated", truncated,
                        "cert_end", new Metric(certificateEnd, "seconds"),
                        "cert_end_in", new Metric(certificateEnd - timestamp.getEpochSecond(), "seconds"),
                        "cert_subject", new Metric("CN=www" + check + ".example.com", null)))
                .build();
    }

    private CheckResult database(CheckResult.Builder result) {
        double load = Math.exp(level);
        return result.setStatus("up")
                .setMetrics(Map.of(
                        "queries_per_second", new Metric(pageBytes * load / 30 * noise(0.05), "queries/second"),
                        "latency_mean", new Metric(baseMs / 50 * noise(0.1), "milliseconds"),
                        "latency_p99", new Metric(baseMs / 10 * noise(0.2), "milliseconds"),
                        "cpu_user", new Metric(hundredths(15 * noise(0.1)), "percent"),
                        "cpu_wait", new Metric(hundredths(2 * noise(0.3)), "percent"),
                        "connections", new Metric(Math.round(120 * noise(0.05)), "connections"),
                        "replication_lag", new Metric(hundredths(0.2 * noise(0.3)), "seconds"),
                        "read_only", new Metric(false, null)))
                .build();
    }

    /** About 1, and always above 0. */
    private double noise(double spread) {
        double spike = random.nextInt(RUNS_A_SPIKE) == 0 ? 1 + 4 * random.nextDouble() : 1;
        return spike * Math.exp(level + spread * random.nextGaussian());
    }

    private static double hundredths(double value) {
        return Math.round(value * 100) / 100.0;
    }
}
