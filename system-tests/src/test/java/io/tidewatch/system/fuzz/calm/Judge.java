package io.tidewatch.system.fuzz.calm;

import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.standalone.local.ApiClient;
import io.tidewatch.system.fuzz.wire.Answer;
import io.tidewatch.system.fuzz.wire.Exchange;
import io.tidewatch.system.fuzz.wire.Outcome;
import io.tidewatch.system.fuzz.wire.Wire;
import io.tidewatch.system.installation.Installation;
import io.tidewatch.timeseries.Resolution;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionTimeoutException;

/**
 * The undisturbed tenant: on every partition a check with an alarm, seen from two zones, whose state it flips every second,
 * and another one whose results lie in windows long over. Pulses come from a thread of its own, from {@link #start} on.
 */
public final class Judge implements AutoCloseable {
    /** What nobody has to wait longer for: a request, and a transition beyond what it took before. */
    static final long LATE_MS = 1_000;

    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration LOST_AFTER = Duration.ofSeconds(30);
    private static final Duration ROWS_WITHIN = Duration.ofMinutes(3);

    /** Results that are late, but not too late to be rolled up and accepted. Source: rollups.lateness.hours, 48 by default. */
    private static final Duration LONG_AGO = Duration.ofHours(40);

    /** So many of those are over when the fuzz begins, and stay so while it runs. */
    private static final int WINDOWS = 400;

    private final String tenant;
    private final String root;
    private final String entity;
    private final List<String> checks;
    private final List<String> alarms;
    private final List<String> rolledChecks;
    private final Wire wire;
    private final CalmAlerts alerts;
    private final Instant firstWindow;
    private final List<Pulse> pulses = new ArrayList<>();
    private volatile boolean closed;
    private CompletableFuture<Void> beating = CompletableFuture.completedFuture(null);

    public Judge(Installation installation, String tenant, Wire wire) {
        ApiClient api = new ApiClient(installation.api() + "/" + tenant);
        this.wire = wire;
        this.tenant = tenant;
        root = "/v1.0/" + tenant;
        entity = api.create("/entities", Map.of("label", "calm"));
        checks = Resources.onEveryPartition(api, tenant, entity, Resources.remoteCheck());
        alarms = checks.stream()
                .map(check -> api.create(
                        "/entities/" + entity + "/alarms",
                        Resources.alarm(check, "if (metric['n'] > 0) { return CRITICAL } return OK")))
                .toList();
        rolledChecks = Resources.onEveryPartition(api, tenant, entity, Resources.agentCheck());
        firstWindow = Resolution.MIN5.windowStart(Instant.now().minus(LONG_AGO));
        alerts = new CalmAlerts(installation.kafka(), tenant);
    }

    /** Pulses from now on. */
    public void start() {
        beating = CompletableFuture.runAsync(this::beat, task -> new Thread(task, "judge").start());
    }

    /**
     * Waits for a pulse that begins now or later and is good, or for two more.
     *
     * @return whether there was any
     */
    public boolean awaitPulse(Predicate<Pulse> good) {
        long nowMs = System.currentTimeMillis();
        try {
            await().atMost(LOST_AFTER.multipliedBy(4))
                    .until(() -> beating.isDone()
                            || since(nowMs).stream().anyMatch(good)
                            || since(nowMs).size() > 1);
        } catch (ConditionTimeoutException e) {
            return false;
        }
        if (beating.isDone()) {
            beating.join();
        }
        return true;
    }

    /** Those that began at a moment or later. */
    public synchronized List<Pulse> since(long momentMs) {
        return pulses.stream().filter(pulse -> pulse.atMs() >= momentMs).toList();
    }

    /** What of its past is not there: results in Cassandra, rollups of the windows long over. */
    public List<String> missing(CqlSession cassandra) {
        List<String> missing = new ArrayList<>();
        long flips = since(0).size();
        for (String check : checks) {
            expect(missing, cassandra, "results", check, flips * Resources.ZONES.size());
        }
        for (String check : rolledChecks) {
            expect(missing, cassandra, "results", check, flips);
            expect(missing, cassandra, "rollups_5m", check, 2 * Math.min(flips, WINDOWS));
        }
        if (alerts.repeated() > 0 || alerts.count() != flips * alarms.size()) {
            missing.add(alerts.count() + " different transitions instead of " + flips * alarms.size() + ", "
                    + alerts.repeated() + " of them repeated");
        }
        return missing;
    }

    @Override
    public void close() {
        stop();
        alerts.close();
    }

    /** No more pulses. */
    public void stop() {
        closed = true;
        beating.join();
    }

    private void beat() {
        while (!closed) {
            long begin = System.nanoTime();
            Pulse pulse = pulse(pulses.size());
            synchronized (this) {
                pulses.add(pulse);
            }
            LockSupport.parkNanos(EVERY.toNanos() - (System.nanoTime() - begin));
        }
    }

    private Pulse pulse(int number) {
        long beganMs = System.currentTimeMillis();
        List<String> faults = new ArrayList<>();
        Instant at = Instant.now().truncatedTo(ChronoUnit.MILLIS);
        long slowestMs = ask(Exchange.json("POST", root + "/results", results(number, at)), 202, faults);
        long acceptedMs = System.currentTimeMillis();
        OptionalLong arrivedMs = awaitAlerts(at);
        if (arrivedMs.isEmpty()) {
            faults.add("a transition did not come within " + LOST_AFTER.toSeconds() + " s");
        }
        String alarm = root + "/entities/" + entity + "/alarms/" + alarms.get(number % alarms.size());
        for (Exchange exchange : List.of(
                Exchange.plain("GET", root + "/entities/" + entity + "/checks/" + checks.get(number % checks.size())),
                Exchange.plain("GET", root + "/changelogs/alarms?limit=10&reverse=true"))) {
            slowestMs = Math.max(slowestMs, ask(exchange, 200, faults));
        }
        slowestMs = Math.max(
                slowestMs, ask(Exchange.json("PUT", alarm, "{\"label\": \"flip " + number + "\"}"), 204, faults));
        return new Pulse(
                beganMs,
                slowestMs,
                Math.max(0, arrivedMs.orElse(acceptedMs + LOST_AFTER.toMillis()) - acceptedMs),
                faults);
    }

    private OptionalLong awaitAlerts(Instant at) {
        try {
            return alerts.awaitAll(alarms, at, LOST_AFTER);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @return how long it took; of one that was put off with a 503, at least so long that it counts as late */
    private long ask(Exchange exchange, int status, List<String> faults) {
        long begin = System.nanoTime();
        Outcome outcome = wire.send(exchange);
        long tookMs = Duration.ofNanos(System.nanoTime() - begin).toMillis();
        int answered =
                outcome.answers().stream().mapToInt(Answer::status).findFirst().orElse(0);
        if (answered == 503) {
            return Math.max(tookMs, LATE_MS + 1);
        } else if (answered != status) {
            faults.add(outcome.end() + " " + outcome.answers() + " for " + exchange);
        }
        return tookMs;
    }

    private String results(int number, Instant at) {
        long windowMs =
                firstWindow.plus(Duration.ofMinutes(5L * (number % WINDOWS))).toEpochMilli() + number / WINDOWS;
        return Stream.concat(
                        checks.stream()
                                .flatMap(check -> Resources.ZONES.stream()
                                        .map(zone -> result(
                                                check,
                                                "\"zone_id\": \"" + zone + "\",",
                                                at.toEpochMilli(),
                                                number % 2))),
                        rolledChecks.stream().map(check -> result(check, "", windowMs, number)))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private String result(String check, String zone, long atMs, int n) {
        return String.format(
                "{\"entity_id\": \"%s\", \"check_id\": \"%s\", %s \"timestamp\": %d, \"available\": true,"
                        + " \"status\": \"ok\", \"metrics\": {\"n\": %d}}",
                entity, check, zone, atMs, n);
    }

    private void expect(List<String> missing, CqlSession cassandra, String table, String check, long rows) {
        try {
            await().atMost(ROWS_WITHIN).until(() -> rows(cassandra, table, check) == rows);
        } catch (ConditionTimeoutException e) {
            missing.add(table + " has " + rows(cassandra, table, check) + " rows of check " + check + " instead of "
                    + rows);
        }
    }

    private long rows(CqlSession cassandra, String table, String check) {
        String day = table.equals("results") ? "day" : "bucket";
        LocalDate first = LocalDate.ofInstant(firstWindow, ZoneOffset.UTC);
        List<LocalDate> days =
                first.datesUntil(LocalDate.now(ZoneOffset.UTC).plusDays(1)).toList();
        List<String> zones =
                Stream.concat(Resources.ZONES.stream(), Stream.of("")).toList();
        return cassandra
                .execute(
                        "SELECT check_id FROM tidewatch." + table
                                + " WHERE tenant_id = ? AND entity_id = ? AND check_id = ? AND zone_id IN ? AND " + day
                                + " IN ?",
                        tenant,
                        entity,
                        check,
                        zones,
                        days)
                .all()
                .size();
    }
}
