package io.tidewatch.streams.alarm;

import io.tidewatch.runtime.application.CaughtUpTime;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.CriteriaShapes;
import io.tidewatch.streams.alarm.engine.Observed;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import io.tidewatch.streams.alarm.engine.WorkBudget;
import io.tidewatch.streams.alarm.engine.ZoneMemories;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.stream.Collectors;
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

    private final AlarmMemories memories;
    private final AlarmEngine engine;
    private final WatchedChecks checks;
    private final RestoreAlarms restore;
    private final AlarmDirectory directory;
    private final AlarmReports reports;
    private final AlarmMetrics metrics;
    private final LongSupplier caughtUpMs;
    private final List<RestoreAlarms.Postponed> postponed;

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
        this.memories = new AlarmMemories(stores);
        this.engine = engine;
        this.checks = new WatchedChecks(engine, caughtUpMs);
        this.restore = new RestoreAlarms(stores, memories, checks);
        this.directory = new AlarmDirectory(stores, memories, checks);
        this.reports = new AlarmReports(stores, memories, metrics);
        this.metrics = metrics;
        this.caughtUpMs = caughtUpMs;
        this.postponed = restore.run();
    }

    /** The checks that could not be restored yet: nothing may be known of them before they are {@linkplain #resume resumed}. */
    List<RestoreAlarms.Postponed> postponed() {
        return postponed;
    }

    /** Goes on with a check that was postponed. */
    void resume(RestoreAlarms.Postponed check) {
        restore.resume(check);
    }

    /** The shapes that an input needs, which are compiled from now on if they aren't. To be closed once it is processed. */
    List<CriteriaShapes.Reservation> reserve(Input input) {
        if (input.value() instanceof Alarm alarm) {
            return checks.reserve(alarm);
        }
        return input.value() instanceof Check check ? directory.reserve(input.key(), check) : List.of();
    }

    /** The check of an input; null for the deletion of an alarm that isn't there. */
    @Nullable
    String checkOf(Input input) {
        if (input.topic() != Topic.ALARMS) {
            return input.key();
        }
        return input.value() instanceof Alarm alarm
                ? AlarmDirectory.checkKey(alarm)
                : directory.checkOf(input.key()).orElse(null);
    }

    /** Tells others of an alarm's new configuration that it waits for its criteria to be compiled. */
    void sayWaiting(Input input, Output output) {
        if (input.value() instanceof Alarm alarm) {
            reports.waiting(input.key(), alarm, Instant.ofEpochMilli(input.timestampMs()), output);
        }
    }

    /** Processes a result, or a change of a check or an alarm. */
    void process(Input input, Output output) {
        switch (input.topic()) {
            case CHECK_RESULTS -> observe(input.key(), (CheckResult) Objects.requireNonNull(input.value()), output);
            case ALARMS -> changeAlarm(input.key(), (Alarm) input.value(), input.timestampMs(), output);
            default -> changeCheck(input.key(), (Check) input.value(), input.timestampMs(), output);
        }
    }

    /**
     * Lets the alarms of the result's check judge it, unless the result comes too late or from a stranger.
     *
     * @param checkKey {@code tenant/entity/check}
     */
    void observe(String checkKey, CheckResult result, Output output) {
        WatchedCheck check = checks.get(checkKey);
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
        disableFailed(check, news, output);
        reports.observed(news, check, zone, result, output);
    }

    /**
     * @param now null when the check was deleted
     * @param timestampMs when the change was published, in milliseconds since the epoch
     */
    void changeCheck(String checkKey, @Nullable Check now, long timestampMs, Output output) {
        for (String alarmKey : directory.changeCheck(checkKey, now)) {
            reports.configured(alarmKey, Instant.ofEpochMilli(timestampMs), output);
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
                reports.configured(alarmKey, Instant.ofEpochMilli(timestampMs), output);
                String reason = memories.alarm(alarmKey).getDisabledReason();
                if (reason != null) {
                    metrics.disabled().increment();
                    LOG.warn("An alarm can't be evaluated alarmId={} reason={}", alarmKey, reason);
                    output.putAside(new BadRecordException("alarm " + alarmKey + " is not evaluated: " + reason));
                }
            }
        }
    }

    /**
     * Gives up the state of alarms whose checks have been silent for too long.
     *
     * @param waiting tells checks by their keys whose results have come and are not processed yet
     */
    void noticeSilence(Predicate<String> waiting, Output output) {
        long nowMs = caughtUpMs.getAsLong();
        for (WatchedCheck check : checks.all()) {
            List<WatchedAlarm> silent = waiting.test(check.key()) ? List.of() : check.newlySilent(nowMs);
            if (!silent.isEmpty()) {
                check.markUndecided();
                Map<WatchedAlarm, AlarmEngine.Transition> transitions = new LinkedHashMap<>();
                silent.forEach(alarm ->
                        engine.fallSilent(alarm.key()).ifPresent(transition -> transitions.put(alarm, transition)));
                reports.silent(transitions, check, output);
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
        Map<String, String> excluded = excluded(check, result, before);
        for (WatchedAlarm alarm : check.active()) {
            String excess = excluded.get(alarm.key());
            if (excess != null) {
                news.add(new AlarmEngine.Failed(alarm, excess));
                continue;
            }
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

    /** The keys of the alarms for which a result is too much, each with the reason. */
    private static Map<String, String> excluded(WatchedCheck check, CheckResult result, @Nullable ZoneMemory before) {
        if (!check.isBudgeted()) {
            return Map.of();
        }
        return WorkBudget.excess(check.active(), result, before).stream()
                .collect(Collectors.toMap(excess -> excess.alarm().key(), WorkBudget.Excess::reason));
    }

    /** Stops evaluating those alarms that could not judge a result. */
    private void disableFailed(WatchedCheck check, List<AlarmEngine.Decision> news, Output output) {
        Map<String, String> reasons = new LinkedHashMap<>();
        for (AlarmEngine.Decision decision : news) {
            if (decision instanceof AlarmEngine.Failed failed) {
                reasons.put(failed.alarm().key(), failed.reason());
            }
        }
        if (reasons.isEmpty()) {
            return;
        }
        directory.disable(check, reasons);
        reasons.forEach((alarmKey, reason) -> {
            LOG.warn("An alarm is not evaluated any more alarmId={} reason={}", alarmKey, reason);
            metrics.disabled().increment();
        });
        Map.Entry<String, String> first = reasons.entrySet().iterator().next();
        int others = reasons.size() - 1;
        output.putAside(new BadRecordException("alarm " + first.getKey() + " is disabled: " + first.getValue()
                + (others == 0 ? "" : "; so are " + others + " others of its check")));
    }
}
