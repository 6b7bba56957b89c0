package io.tidewatch.streams.alarm;

import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.Observed;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import io.tidewatch.streams.alarm.engine.ZoneMemories;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.intake.BadRecordException;
import io.tidewatch.streams.intake.CaughtUpTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    private final AlarmEngine engine;
    private final AlarmDirectory directory;
    private final AlarmRecords records;
    private final AlarmMetrics metrics;
    private final LongSupplier caughtUpMs;

    /** Where news of alarms goes. */
    interface Output {
        void alert(String alarmKey, AlertEvent event);

        /** The alarm's newest state; null when the alarm is no more. */
        void state(String alarmKey, @Nullable AlarmState state);

        /** Puts the record that is being processed aside; it has been processed as far as it could be. */
        void putAside(BadRecordException reason);
    }

    /** What an observation did to an alarm, where somebody wants to know it: a change, or the end of its evaluation. */
    private record News(
            WatchedAlarm alarm, Optional<AlarmEngine.Transition> transition, Optional<RuntimeException> failure) {}

    /**
     * @param caughtUpMs the clock of {@link CaughtUpTime} for this task's partition
     */
    AlarmTask(AlarmStores stores, AlarmEngine engine, AlarmMetrics metrics, LongSupplier caughtUpMs) {
        this.stores = stores;
        this.engine = engine;
        this.directory = new AlarmDirectory(stores, engine, caughtUpMs);
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
        String zone = result.getZoneId() == null ? "" : result.getZoneId();
        int zoneIndex = check.indexOf(zone);
        if (zoneIndex < 0) {
            metrics.unlistedZone().increment();
            return;
        }
        ZoneMemory before = stores.zones().get(checkKey + "/" + zone);
        if (before != null && !result.getTimestamp().isAfter(before.getTimestamp())) {
            metrics.notNewer().increment();
            return;
        }
        WatchedCheck.Before earlier =
                check.observed(zoneIndex, result.getTimestamp().toEpochMilli());
        check.heard(caughtUpMs.getAsLong());
        Map<String, ZoneVote> votes = before == null ? new HashMap<>() : before.getVotes();
        List<News> news = new ArrayList<>(0);
        boolean allDecided = true;
        for (WatchedAlarm alarm : check.active()) {
            boolean freshnessChanged = check.freshnessChanged(earlier, alarm.windowMs());
            boolean undecided = check.isUndecided() || freshnessChanged;
            Observed observed = new Observed(alarm, result, before, zoneIndex, check.newestAtMs(), undecided);
            if (observed.isTooOld()) {
                metrics.tooOld().increment();
                allDecided = false;
            } else {
                judge(observed, votes, freshnessChanged).ifPresent(news::add);
            }
        }
        if (allDecided) {
            check.decided();
        }
        stores.zones().put(checkKey + "/" + zone, ZoneMemories.after(before, result, check.remembered(), votes));
        for (News item : news) {
            report(item, checkKey, check, zone, result, output);
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
            case FORGOTTEN -> output.state(alarmKey, null);
            case DECIDES_ANEW -> {
                reportConfigured(alarmKey, Instant.ofEpochMilli(timestampMs), output);
                memory(alarmKey).map(AlarmMemory::getDisabledReason).ifPresent(reason -> {
                    metrics.disabled().increment();
                    LOG.warn("An alarm can't be evaluated alarmId={} reason={}", alarmKey, reason);
                    output.putAside(new BadRecordException("alarm " + alarmKey + " is not evaluated: " + reason));
                });
            }
        }
    }

    /** Gives up the state of alarms whose checks have been silent for too long. */
    void noticeSilence(Output output) {
        long nowMs = caughtUpMs.getAsLong();
        directory.forEachCheck((checkKey, check) -> {
            for (WatchedAlarm alarm : check.newlySilent(nowMs)) {
                check.undecided();
                engine.fallSilent(alarm.key())
                        .ifPresent(transition -> giveUp(alarm, checkKey, check, transition, output));
            }
        });
    }

    @Override
    public void close() {
        engine.close();
    }

    /** Judges one observation for one alarm, and takes the zone's new row into {@code votes}. */
    private Optional<News> judge(Observed observed, Map<String, ZoneVote> votes, boolean freshnessChanged) {
        WatchedAlarm alarm = observed.alarm();
        AlarmEngine.Decision decision;
        try {
            decision = engine.judge(observed);
        } catch (RuntimeException e) {
            return Optional.of(new News(alarm, Optional.empty(), Optional.of(e)));
        }
        metrics.observations().increment();
        votes.put(alarm.id(), decision.vote());
        boolean isNews = decision.transition().isPresent()
                || freshnessChanged
                || decision.vote().getRunLength() == 1
                || decision.vote().getRunLength() == alarm.consecutiveCount();
        return isNews ? Optional.of(new News(alarm, decision.transition(), Optional.empty())) : Optional.empty();
    }

    private void report(
            News news, String checkKey, WatchedCheck check, String zone, CheckResult result, Output output) {
        String alarmKey = news.alarm().key();
        news.failure().ifPresent(failure -> {
            LOG.error("An alarm's criteria failed and is not evaluated any more alarmId={}", alarmKey, failure);
            metrics.disabled().increment();
            directory.disable(news.alarm(), "the criteria failed: " + failure.getMessage());
            output.putAside(
                    new BadRecordException("alarm " + alarmKey + " failed and is disabled: " + failure.getMessage()));
        });
        Alarm alarm = alarm(alarmKey);
        Map<String, ZoneMemory> zones = stores.zonesOf(checkKey, check.zones());
        news.transition().ifPresent(transition -> {
            AlarmRecords.Cause cause =
                    AlarmRecords.observed(transition, alarm.getAlarmId(), zone, result.getTimestamp(), zones);
            change(alarmKey, records.alertEvent(alarm, transition, cause, zones), output);
        });
        Instant freshFrom = Instant.ofEpochMilli(check.newestAtMs())
                .minusMillis(news.alarm().windowMs());
        output.state(
                alarmKey,
                AlarmRecords.alarmState(
                        alarm, memory(alarmKey).orElseThrow(), zones, result.getTimestamp(), freshFrom));
    }

    /** The time of this transition follows from the observations alone, so that a replay gives the same event. */
    private void giveUp(
            WatchedAlarm watched,
            String checkKey,
            WatchedCheck check,
            AlarmEngine.Transition transition,
            Output output) {
        Alarm alarm = alarm(watched.key());
        Map<String, ZoneMemory> zones = stores.zonesOf(checkKey, check.zones());
        // A zone that was just added may not have been heard at all; an alarm that has a state had a transition.
        Instant newest = check.newestAtMs() == AlarmEngine.NEVER_MS
                ? Objects.requireNonNull(memory(watched.key()).orElseThrow().getSince())
                : Instant.ofEpochMilli(check.newestAtMs());
        Instant at = newest.plusMillis(watched.silenceMs());
        AlarmRecords.Cause cause = new AlarmRecords.Cause(at, "", "no data since " + newest, Map.of());
        change(watched.key(), records.alertEvent(alarm, transition, cause, zones), output);
        output.state(
                watched.key(),
                AlarmRecords.alarmState(
                        alarm, memory(watched.key()).orElseThrow(), zones, at, at.minusMillis(watched.windowMs())));
    }

    private void change(String alarmKey, AlertEvent event, Output output) {
        stores.memories()
                .put(
                        alarmKey,
                        new AlarmMemory(
                                event.getState(),
                                event.getPreviousState(),
                                event.getTimestamp(),
                                event.getStatus(),
                                null));
        metrics.transitions().increment();
        output.alert(alarmKey, event);
    }

    /** Reports an alarm that begins anew: without any votes. */
    private void reportConfigured(String alarmKey, Instant timestamp, Output output) {
        output.state(
                alarmKey,
                AlarmRecords.alarmState(
                        alarm(alarmKey), memory(alarmKey).orElseThrow(), Map.of(), timestamp, timestamp));
    }

    private Alarm alarm(String alarmKey) {
        return Objects.requireNonNull(stores.alarms().get(alarmKey));
    }

    private Optional<AlarmMemory> memory(String alarmKey) {
        return Optional.ofNullable(stores.memories().get(alarmKey));
    }
}
