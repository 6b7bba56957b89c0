package io.tidewatch.streams.alarm;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checks of one stream task that have alarms, and the engine that evaluates these: the two are changed together. The
 * engine knows the alarms that are evaluated, and no others. Writes no store. Confined to the stream task's thread.
 */
final class WatchedChecks {
    /** Why an alarm can't be placed whose criteria has not been compiled: it has to be reserved first. */
    static final String NOT_COMPILED =
            "its criteria could not be compiled in time, because too much else was waiting; change the alarm to try again";

    private final AlarmEngine engine;
    private final LongSupplier caughtUpMs;
    private final TenantStatements statements = new TenantStatements();
    private final Map<String, WatchedCheck> checks = new HashMap<>();

    /** Lists of zones, each once: most checks are polled from the same few. */
    private final Map<List<String>, List<String>> zoneLists = new HashMap<>();

    WatchedChecks(AlarmEngine engine, LongSupplier caughtUpMs) {
        this.engine = engine;
        this.caughtUpMs = caughtUpMs;
    }

    /** The check with this key, if it has alarms. */
    @Nullable
    WatchedCheck get(String checkKey) {
        return checks.get(checkKey);
    }

    Collection<WatchedCheck> all() {
        return checks.values();
    }

    /** Begins to watch a check; there are no memories of its zones yet. */
    WatchedCheck watch(String checkKey, @Nullable Check check) {
        WatchedCheck watched = new WatchedCheck(checkKey);
        checks.put(checkKey, watched);
        listZones(watched, check);
        return watched;
    }

    /** Stops watching a check, whatever alarms it has. */
    void drop(WatchedCheck watched) {
        watched.alarms().forEach(alarmKey -> withdraw(watched, alarmKey));
        checks.remove(watched.key());
    }

    void listZones(WatchedCheck watched, @Nullable Check check) {
        List<String> zones = check == null ? List.of() : zones(check);
        boolean reporting = check != null && !check.getDisabled();
        watched.setZones(zoneLists.computeIfAbsent(zones, list -> list), reporting, caughtUpMs.getAsLong());
    }

    /** Takes in when a check's zones were heard last. */
    static void takeInNewest(WatchedCheck watched, Map<String, ZoneMemory> zones) {
        List<String> listed = watched.zones();
        for (int zone = 0; zone < listed.size(); zone++) {
            ZoneMemory memory = zones.get(listed.get(zone));
            if (memory != null) {
                watched.observedAt(zone, memory.getTimestamp().toEpochMilli());
            }
        }
    }

    /**
     * Puts an alarm where it belongs, active or idle.
     *
     * @param check its configuration; null when there is none
     * @param zones what the check's zones remember of the alarm's votes, among others
     * @return why it can't be evaluated; empty when it can, or isn't to be
     */
    Optional<String> place(
            WatchedCheck watched,
            String alarmKey,
            Alarm alarm,
            State state,
            @Nullable Check check,
            Map<String, ZoneMemory> zones) {
        Optional<String> reason =
                alarm.getDisabled() ? Optional.empty() : activate(watched, alarmKey, alarm, state, check, zones);
        if (watched.active(alarmKey).isEmpty()) {
            watched.addIdle(alarmKey);
        }
        return reason;
    }

    private Optional<String> activate(
            WatchedCheck watched,
            String alarmKey,
            Alarm alarm,
            State state,
            @Nullable Check check,
            Map<String, ZoneMemory> zones) {
        Optional<String> objection = AlarmBounds.objection(watched, check);
        if (objection.isPresent()) {
            return objection;
        }
        try {
            Optional<CriteriaShapes.Prepared> prepared = engine.shapes().prepare(alarm.getTenantId(), criteria(alarm));
            if (prepared.isEmpty()) {
                return Optional.of(NOT_COMPILED);
            }
            return check == null
                    ? Optional.empty()
                    : activate(watched, alarmKey, alarm, prepared.get(), state, check, zones);
        } catch (CriteriaException e) {
            return Optional.of("criteria, line " + e.line() + " column " + e.column() + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            return Optional.of("criteria: " + e.getMessage());
        }
    }

    private Optional<String> activate(
            WatchedCheck watched,
            String alarmKey,
            Alarm alarm,
            CriteriaShapes.Prepared prepared,
            State state,
            Check check,
            Map<String, ZoneMemory> zones) {
        WatchedAlarm added = WatchedAlarm.of(
                alarmKey, alarm, prepared, check, watched.zones().size());
        Optional<String> objection = AlarmBounds.objection(watched, added)
                .or(() -> statements.objection(added.tenantId(), added.shape()))
                .or(() -> engine.objection(prepared.shape()));
        if (objection.isEmpty()) {
            engine.acquire(prepared.shape());
            statements.add(added.tenantId(), added.shape());
            engine.seed(alarmKey, state, votes(added.id(), watched.zones(), zones));
            watched.activate(added);
        }
        return objection;
    }

    /** Takes an alarm out of its check and the engine, if it is there. */
    void withdraw(WatchedCheck watched, String alarmKey) {
        withdrawForNow(watched, alarmKey).ifPresent(this::release);
    }

    /** The same, but a statement that only this alarm used goes on until {@link #release}. */
    Optional<WatchedAlarm> withdrawForNow(WatchedCheck watched, String alarmKey) {
        Optional<WatchedAlarm> active = watched.remove(alarmKey);
        active.ifPresent(alarm -> engine.forget(alarmKey));
        return active;
    }

    void release(WatchedAlarm withdrawn) {
        engine.release(withdrawn.shape());
        statements.remove(withdrawn.tenantId(), withdrawn.shape());
    }

    /** The shape that an alarm needs to be placed, to be compiled if it isn't; none if its criteria is refused. */
    List<CriteriaShapes.Reservation> reserve(Alarm alarm) {
        if (alarm.getDisabled()) {
            return List.of();
        }
        try {
            return List.of(engine.shapes().reserve(alarm.getTenantId(), criteria(alarm)));
        } catch (CriteriaException e) {
            return List.of();
        }
    }

    private static Criteria criteria(Alarm alarm) {
        return CriteriaParser.parse(alarm.getCriteria() == null ? "" : alarm.getCriteria());
    }

    /** An alarm's votes, one for each listed zone; null for one that has not voted. */
    private static List<@Nullable ZoneVote> votes(
            String alarmId, List<String> listed, Map<String, ZoneMemory> remembered) {
        List<@Nullable ZoneVote> votes = new ArrayList<>(listed.size());
        for (String zone : listed) {
            ZoneMemory memory = remembered.get(zone);
            votes.add(memory == null ? null : memory.getVotes().get(alarmId));
        }
        return votes;
    }

    /** Whose observations count, in order: the zones that the check lists, or the empty string for an agent. */
    static List<String> zones(Check check) {
        return check.getMonitoringZonesPoll().isEmpty()
                ? List.of("")
                : new HashSet<>(check.getMonitoringZonesPoll())
                        .stream().sorted().toList();
    }
}
