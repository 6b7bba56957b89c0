package io.tidewatch.system.drills;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.topics.CheckPath;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;

/**
 * What happens in a drill: checks, two alarms for each, and their results, all of it a matter of the seed. Checks take
 * turns; with each turn of a check its next zone observes. Event time runs on its own, a turn in twenty seconds, however
 * fast results are sent.
 *
 * @param start the first result's time
 */
record DrillStory(long seed, int checks, Instant start) {
    static final String TENANT = "drill";
    static final int ALARMS_A_CHECK = 2;

    /** None that a poller has, so that nobody runs the checks. */
    private static final List<String> ZONES = List.of("mzaaa", "mzbbb", "mzccc");

    private static final String STRANGER = "mzxxx";
    private static final String TYPE = "remote.http";
    private static final Duration TURN = Duration.ofSeconds(20);

    /** Long enough for three results in a row from each zone, short enough that states change all the time. */
    private static final int TURNS_A_MOOD = 10;

    /** What a check is like for a while; in {@link #ERRATIC} each result is something else. */
    private enum Mood {
        FINE,
        SLOW,
        BROKEN,
        ERRATIC
    }

    int alarms() {
        return checks * ALARMS_A_CHECK;
    }

    CheckPath path(int check) {
        return new CheckPath(TENANT, "en" + check % 50, "ch" + check);
    }

    Check check(int check) {
        CheckPath path = path(check);
        return Check.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setType(TYPE)
                .setLabel("check " + check)
                .setPeriodSeconds((int) TURN.multipliedBy(ZONES.size()).toSeconds())
                .setTimeoutSeconds(10)
                .setMonitoringZonesPoll(ZONES)
                .setTargetHostname("localhost")
                .setCreatedAt(start)
                .setUpdatedAt(start)
                .build();
    }

    /** @param index from 0 to {@link #alarms} */
    Alarm alarm(int index) {
        CheckPath path = path(index / ALARMS_A_CHECK);
        DrillCriteria[] kinds = DrillCriteria.values();
        return Alarm.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setAlarmId("al" + index)
                .setCheckId(path.checkId())
                .setLabel("alarm " + index)
                .setCriteria(kinds[chance(~index).nextInt(kinds.length)].criteria())
                // How fast observations come has nothing to do with how their times follow each other.
                .setUnknownWhenSilent(false)
                .setNotificationPlanId("np")
                .setCreatedAt(start)
                .setUpdatedAt(start)
                .build();
    }

    /** A result as it is sent: in one of fifty cases, one that was sent before, by the same zone. */
    CheckResult result(long index) {
        long back = (long) checks * ZONES.size();
        boolean again = index >= back && chance(index).nextInt(50) == 0;
        return observed(again ? index - back : index);
    }

    private CheckResult observed(long index) {
        SplittableRandom chance = chance(index);
        int unused = chance.nextInt();
        CheckPath path = path((int) (index % checks));
        long turn = index / checks;
        boolean stranger = chance.nextInt(100) == 0;
        boolean available = chance.nextInt(40) != 0;
        return CheckResult.newBuilder()
                .setResultId(new UUID(seed, index).toString())
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setCheckId(path.checkId())
                .setCheckType(TYPE)
                .setZoneId(stranger ? STRANGER : ZONES.get((int) (turn % ZONES.size())))
                .setCollectorId("drill")
                .setTimestamp(time(index).minus(lateness(chance)))
                .setAvailable(available)
                .setStatus(available ? "fine" : "connection refused")
                .setMetrics(available ? metrics(mood(index, chance), chance) : Map.of())
                .build();
    }

    private Instant time(long index) {
        return start.plus(TURN.multipliedBy(index / checks)).plusMillis(index % checks);
    }

    /** One in twenty is late by up to two periods: out of order, older than its zone's newest, or too old. */
    private static Duration lateness(SplittableRandom chance) {
        Duration late = TURN.multipliedBy(2L * ZONES.size());
        return chance.nextInt(20) == 0 ? Duration.ofMillis(chance.nextLong(late.toMillis())) : Duration.ZERO;
    }

    private Mood mood(long index, SplittableRandom chance) {
        Mood[] moods = Mood.values();
        int check = (int) (index % checks);
        long mood = (index / checks + check) / TURNS_A_MOOD;
        Mood lasting = moods[chance(seed * 31 + check * 1_000_003L + mood).nextInt(moods.length)];
        return lasting == Mood.ERRATIC ? moods[chance.nextInt(moods.length - 1)] : lasting;
    }

    private static Map<String, Metric> metrics(Mood mood, SplittableRandom chance) {
        Map<String, Metric> metrics = new HashMap<>();
        long duration = switch (mood) {
            case FINE, ERRATIC -> 20;
            case SLOW -> 600;
            case BROKEN -> 2_000;
        };
        long bytes = chance.nextLong(10_000);
        metrics.put("duration", new Metric(duration + chance.nextInt(300), "milliseconds"));
        metrics.put("code", new Metric(mood == Mood.BROKEN ? "500" : "200", null));
        metrics.put("used", new Metric(bytes * chance.nextDouble(), "bytes"));
        if (chance.nextInt(20) != 0) {
            metrics.put("bytes", new Metric(bytes, "bytes"));
        }
        return metrics;
    }

    private SplittableRandom chance(long of) {
        return new SplittableRandom(seed * 1_000_000_007L + of * 2_654_435_761L);
    }
}
