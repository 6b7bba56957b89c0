package io.tidewatch.benchmarks.load;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntFunction;

/** The records of a benchmark: checks, one alarm for each, their results, and the ids of the events to come. */
public final class Fleet {
    private static final List<String> ZONES = List.of("mzdfw", "mzord", "mzlon");
    private static final String TYPE = "remote.http";
    private static final String CRITERIA = """
            if (metric["duration"] > 1000) { return new AlarmStatus(CRITICAL, "slow: #{duration} ms"); }
            return new AlarmStatus(OK, "#{duration} ms");
            """;

    private final FlippingAlarms flips;
    private final IntFunction<String> criteria;

    private Fleet(FlippingAlarms flips, IntFunction<String> criteria) {
        this.flips = flips;
        this.criteria = criteria;
    }

    /**
     * Checks whose alarms have all the same criteria, with a threshold.
     *
     * @param turnsAState of so many results one decides
     */
    public static Fleet alike(int checks, int turnsAState) {
        return new Fleet(new FlippingAlarms(checks, ZONES.size(), turnsAState), check -> CRITERIA);
    }

    /** Checks whose alarms have criteria of many shapes, each with a threshold of its own. */
    public static Fleet various(int checks, int turnsAState) {
        return new Fleet(new FlippingAlarms(checks, ZONES.size(), turnsAState), VariousCriteria::of);
    }

    public int checks() {
        return flips.checks();
    }

    public int zones() {
        return ZONES.size();
    }

    CheckPath path(int check) {
        return new CheckPath("benchmark", "en" + check, "ch" + check);
    }

    String alarmKey(int check) {
        return path(check).sibling(alarmId(check));
    }

    Check check(int check, Instant now) {
        CheckPath path = path(check);
        return Check.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setType(TYPE)
                .setPeriodSeconds(30)
                .setTimeoutSeconds(10)
                .setMonitoringZonesPoll(ZONES)
                .setTargetHostname("localhost")
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
    }

    Alarm alarm(int check, Instant now) {
        CheckPath path = path(check);
        return Alarm.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setAlarmId(alarmId(check))
                .setCheckId(path.checkId())
                .setCriteria(criteria.apply(check))
                .setCreatedAt(now)
                .setUpdatedAt(now)
                .build();
    }

    public CheckPath pathOf(long result) {
        return path(flips.check(result));
    }

    /** The zone that observes with a result. */
    int zoneOf(long result) {
        return flips.zone(result);
    }

    public CheckResult result(long result, Instant timestamp) {
        return observation(flips.check(result), flips.zone(result), flips.critical(result), timestamp);
    }

    /** A result outside the turns: any zone of any check, also of one that never has a turn. */
    CheckResult observation(int check, int zone, boolean critical, Instant timestamp) {
        CheckPath path = path(check);
        return CheckResult.newBuilder()
                .setResultId(new UUID(timestamp.toEpochMilli(), (long) check * zones() + zone).toString())
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setCheckType(TYPE)
                .setZoneId(ZONES.get(zone))
                .setCollectorId("benchmark")
                .setTimestamp(timestamp)
                .setAvailable(true)
                .setStatus("fine")
                .setMetrics(Map.of(
                        "duration", new Metric(critical ? 2_000L : 20L, "milliseconds"),
                        "bytes", new Metric(5_120L, "bytes"),
                        "code", new Metric("200", null)))
                .build();
    }

    public boolean decides(long result) {
        return flips.decides(result);
    }

    /** The id of the event that a deciding result brings about. */
    public String eventId(long result, Instant timestamp) {
        CheckPath path = pathOf(result);
        return String.join(
                ":",
                path.tenantId(),
                path.entityId(),
                alarmId(flips.check(result)),
                path.checkId(),
                Long.toString(timestamp.toEpochMilli()),
                (flips.critical(result) ? State.CRITICAL : State.OK).name());
    }

    private static String alarmId(int check) {
        return "al" + check;
    }
}
