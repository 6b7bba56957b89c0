package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.Observed;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import io.tidewatch.streams.alarm.engine.ZoneMemories;
import io.tidewatch.streams.intake.BadRecordException;
import io.tidewatch.streams.intake.CaughtUpTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of one stream task. Which observations count, and what they change, is in topology-docs/alarm-language.md,
 * "From states to the alarm's state"; the engine decides, and the stores remember.
 * Built from the stores alone, so that a task goes on after a restart as if nothing had been.
 *
 * <p>Confined to the stream task's thread.
 */
final class AlarmTask implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AlarmTask.class);

    private final AlarmStores stores;
    private final AlarmMemories memories;
    private final AlarmEngine engine;
    private final AlarmDirectory directory;
    private final AlarmRecords records;
    private final AlarmMetrics metrics;
    private final LongSupplier caughtUpMs;

    /** Where news of alarms goes. */
    interface Output {
        void publishAlert(String alarmKey, AlertEvent event);

        /** The alarm's newest state; null when the alarm is no more. */
        void publishState(String alarmKey, @Nullable AlarmState state);

        /** Puts the record that is being processed aside; it has been processed as far as it could be. */
        void putAside(BadRecordException reason);
    }

    /**
     * @param caughtUpMs the clock of {@link CaughtUpTime} for this task's partition
     */
    AlarmTask(AlarmStores stores, AlarmEngine engine, AlarmMetrics metrics, LongSupplier caughtUpMs) {
        this.stores = stores;
        this.memories = new AlarmMemories(stores);
        this.engine = engine;
        this.directory = new AlarmDirectory(stores, memories, engine, caughtUpMs);
        this.records = new AlarmRecords(stores);
        this.metrics = metrics;
        this.caughtUpMs = caughtUpMs;
    }

    /**
     * Lets the alarms of the result's check judge it, unless the result comes too late or from a stranger.
     *
     * @param checkKey {@code tenant/entity/check}
     */
    void observe(String checkKey, CheckResult result, Output output) {
        WatchedCheck check = directory.check(checkKey);
        if (check == null) {
            return;
        }
        String zone = Objects.requireNonNullElse(result.getZoneId(), "");
        int zoneIndex = check.indexOf(zone);
        if (zoneIndex < 0) {
            metrics.unlistedZone().increment();
            return;
        }
        ZoneMemory before = memories.zone(checkKey, zone);
        if (before != null && !result.getTimestamp().isAfter(before.getTimestamp())) {
            metrics.notNewer().increment();
            return;
        }
        Map<String, ZoneVote> votes = before == null ? new HashMap<>() : before.getVotes();
        List<AlarmEngine.Decision> news = judge(check, result, before, zoneIndex, votes);
        // Also a result that is too old for every alarm is the one that "previous" and "rate" refer to next.
        memories.putZone(checkKey, zone, ZoneMemories.after(before, result, check.remembered(), votes));
        for (AlarmEngine.Decision decision : news) {
            report(decision, check, zone, result, output);
        }
    }

    /**
     * @param now null when the check was deleted
     * @param timestampMs when the change was published, in milliseconds since the epoch
     */
    void changeCheck(String checkKey, @Nullable Check now, long timestampMs, Output output) {
        for (String alarmKey : directory.changeCheck(checkKey, now)) {
            reportConfigured(alarmKey, Instant.ofEpochMilli(timestampMs), output);
        }
    }

    /**
     * @param now null when the alarm was deleted
     * @param timestampMs when the change was published, in milliseconds since the epoch
     */
    void changeAlarm(String alarmKey, @Nullable Alarm now, long timestampMs, Output output) {
        switch (directory.changeAlarm(alarmKey, now)) {
            case UNKNOWN_BEFORE, SAME_DECISIONS -> {}
            case FORGOTTEN -> output.publishState(alarmKey, null);
            case DECIDES_ANEW -> {
                reportConfigured(alarmKey, Instant.ofEpochMilli(timestampMs), output);
                String reason = memories.alarm(alarmKey).getDisabledReason();
                if (reason != null) {
                    metrics.disabled().increment();
                    LOG.warn("An alarm can't be evaluated alarmId={} reason={}", alarmKey, reason);
                    output.putAside(new BadRecordException("alarm " + alarmKey + " is not evaluated: " + reason));
                }
            }
        }
    }

    /** Gives up the state of alarms whose checks have been silent for too long. */
    void noticeSilence(Output output) {
        long nowMs = caughtUpMs.getAsLong();
        for (WatchedCheck check : directory.checks()) {
            for (WatchedAlarm alarm : check.newlySilent(nowMs)) {
                check.markUndecided();
                engine.fallSilent(alarm.key()).ifPresent(transition -> giveUp(alarm, check, transition, output));
            }
        }
    }

    @Override
    public void close() {
        engine.close();
    }

    /**
     * Lets the alarms of a check judge a result of one of its zones.
     *
     * @param votes the zone's votes, which are brought up to date
     * @return the decisions that others are told of
     */
    private List<AlarmEngine.Decision> judge(
            WatchedCheck check,
            CheckResult result,
            @Nullable ZoneMemory before,
            int zone,
            Map<String, ZoneVote> votes) {
        WatchedCheck.Before earlier =
                check.observedAt(zone, result.getTimestamp().toEpochMilli());
        check.heardAt(caughtUpMs.getAsLong());
        List<AlarmEngine.Decision> news = new ArrayList<>(0);
        boolean allDecided = true;
        for (WatchedAlarm alarm : check.active()) {
            boolean freshnessChanged = check.freshnessChanged(earlier, alarm.windowMs());
            boolean undecided = check.isUndecided() || freshnessChanged;
            Observed observed = new Observed(alarm, result, before, zone, check.newestAtMs(), undecided);
            if (observed.isTooOld()) {
                metrics.tooOld().increment();
                allDecided = false;
                continue;
            }
            AlarmEngine.Decision decision = engine.judge(observed);
            if (takeIn(decision, votes) || freshnessChanged) {
                news.add(decision);
            }
        }
        if (allDecided) {
            check.markDecided();
        }
        return news;
    }

    /** Takes a vote in. Returns true if the decision is news by itself. */
    private boolean takeIn(AlarmEngine.Decision decision, Map<String, ZoneVote> votes) {
        if (decision instanceof AlarmEngine.Counted counted) {
            metrics.observations().increment();
            votes.put(counted.alarm().id(), counted.vote());
            return counted.isChange();
        }
        return true;
    }

    private void report(
            AlarmEngine.Decision decision, WatchedCheck check, String zone, CheckResult result, Output output) {
        WatchedAlarm watched = decision.alarm();
        if (decision instanceof AlarmEngine.Failed failed) {
            disable(watched, failed.failure(), output);
        }
        Alarm alarm = alarm(watched.key());
        Map<String, ZoneMemory> zones = memories.zones(check.key(), check.zones());
        if (decision instanceof AlarmEngine.Counted counted && counted.transition() != null) {
            AlarmEngine.Transition transition = counted.transition();
            AlarmRecords.Cause cause = AlarmRecords.cause(transition, watched.id(), zone, result.getTimestamp(), zones);
            change(watched.key(), records.alertEvent(alarm, transition, cause, zones), output);
        }
        Instant freshFrom = Instant.ofEpochMilli(check.newestAtMs()).minusMillis(watched.windowMs());
        reportState(alarm, watched.key(), zones, result.getTimestamp(), freshFrom, output);
    }

    private void disable(WatchedAlarm alarm, RuntimeException failure, Output output) {
        LOG.error("An alarm's criteria failed and is not evaluated any more alarmId={}", alarm.key(), failure);
        metrics.disabled().increment();
        directory.disable(alarm, "the criteria failed: " + failure.getMessage());
        output.putAside(
                new BadRecordException("alarm " + alarm.key() + " failed and is disabled: " + failure.getMessage()));
    }

    /** The time of this transition follows from the observations alone, so that a replay gives the same event. */
    private void giveUp(WatchedAlarm watched, WatchedCheck check, AlarmEngine.Transition transition, Output output) {
        Alarm alarm = alarm(watched.key());
        Map<String, ZoneMemory> zones = memories.zones(check.key(), check.zones());
        // A zone that was just added may not have been heard at all; an alarm that has a state had a transition.
        Instant newest = check.newestAtMs() == AlarmEngine.NEVER_MS
                ? Objects.requireNonNull(memories.alarm(watched.key()).getSince())
                : Instant.ofEpochMilli(check.newestAtMs());
        Instant at = newest.plusMillis(watched.silenceMs());
        AlarmRecords.Cause cause = new AlarmRecords.Cause(at, "", "no data since " + newest, Map.of());
        change(watched.key(), records.alertEvent(alarm, transition, cause, zones), output);
        reportState(alarm, watched.key(), zones, at, at.minusMillis(watched.windowMs()), output);
    }

    private void change(String alarmKey, AlertEvent event, Output output) {
        memories.change(alarmKey, event);
        metrics.transitions().increment();
        output.publishAlert(alarmKey, event);
    }

    /** Reports an alarm that begins anew: without any votes. */
    private void reportConfigured(String alarmKey, Instant timestamp, Output output) {
        reportState(alarm(alarmKey), alarmKey, Map.of(), timestamp, timestamp, output);
    }

    private void reportState(
            Alarm alarm,
            String alarmKey,
            Map<String, ZoneMemory> zones,
            Instant timestamp,
            Instant freshFrom,
            Output output) {
        output.publishState(
                alarmKey, AlarmRecords.alarmState(alarm, memories.alarm(alarmKey), zones, timestamp, freshFrom));
    }

    private Alarm alarm(String alarmKey) {
        return Objects.requireNonNull(stores.alarms().get(alarmKey));
    }
}
