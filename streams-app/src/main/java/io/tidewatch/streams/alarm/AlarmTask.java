package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.schema.state.ZoneVote;
import io.tidewatch.streams.intake.BadRecordException;
import io.tidewatch.topics.CheckPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of one stream task: section 3 of the alarm language, with the engine deciding and the stores remembering.
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

    /** Where news of alarms goes. */
    interface Output {
        void alert(String alarmKey, AlertEvent event);

        /** The alarm's newest state; null when the alarm is no more. */
        void state(String alarmKey, @Nullable AlarmState state);
    }

    AlarmTask(AlarmStores stores, AlarmEngine engine, AlarmMetrics metrics) {
        this.stores = stores;
        this.engine = engine;
        this.directory = new AlarmDirectory(stores, engine);
        this.records = new AlarmRecords(stores);
        this.metrics = metrics;
    }

    /** Lets the alarms of the result's check judge it, unless the result comes too late or from a stranger. */
    void observe(CheckResult result, Output output) {
        String checkKey = new CheckPath(result.getTenantId(), result.getEntityId(), result.getCheckId()).toString();
        WatchedCheck check = directory.check(checkKey);
        if (check == null) {
            return;
        }
        String zone = result.getZoneId() == null ? "" : result.getZoneId();
        if (!check.zones().contains(zone)) {
            metrics.unlistedZone().increment();
            return;
        }
        ZoneMemory before = stores.zones().get(checkKey + "/" + zone);
        if (before != null && !result.getTimestamp().isAfter(before.getTimestamp())) {
            metrics.notNewer().increment();
            return;
        }
        long newestAt =
                Math.max(newestAt(checkKey, check), result.getTimestamp().toEpochMilli());
        check.newestAt(newestAt);
        // A copy: an alarm whose criteria fails leaves the list.
        for (WatchedAlarm alarm : List.copyOf(check.active())) {
            judge(new Observed(alarm, result, before, zone, newestAt), result, output);
        }
        stores.zones().put(checkKey + "/" + zone, ZoneMemories.after(before, result, check.remembered()));
    }

    /**
     * @param now null when the check was deleted
     * @param timestampMs when the change was published, in milliseconds since the epoch
     */
    void changeCheck(String checkKey, @Nullable Check now, long timestampMs, Output output) {
        for (String alarmKey : directory.changeCheck(checkKey, now)) {
            reportState(alarmKey, Instant.ofEpochMilli(timestampMs), output);
        }
    }

    /**
     * @param now null when the alarm was deleted
     * @param timestampMs when the change was published, in milliseconds since the epoch
     * @throws BadRecordException when the criteria can't be evaluated; that is reported before
     */
    void changeAlarm(String alarmKey, @Nullable Alarm now, long timestampMs, Output output) {
        boolean known = stores.alarms().get(alarmKey) != null;
        directory
                .changeAlarm(alarmKey, now)
                .ifPresentOrElse(
                        reason -> {
                            reportState(alarmKey, Instant.ofEpochMilli(timestampMs), output);
                            metrics.disabled().increment();
                            throw new BadRecordException("alarm " + alarmKey + " is not evaluated: " + reason);
                        },
                        () -> {
                            if (now != null) {
                                reportState(alarmKey, Instant.ofEpochMilli(timestampMs), output);
                            } else if (known) {
                                output.state(alarmKey, null);
                            }
                        });
    }

    @Override
    public void close() {
        engine.close();
    }

    private void judge(Observed observed, CheckResult result, Output output) {
        WatchedAlarm alarm = observed.alarm();
        if (observed.getObservedAt() < observed.getHorizon()) {
            metrics.tooOld().increment();
            return;
        }
        AlarmEngine.Decision decision;
        try {
            decision = engine.judge(observed);
        } catch (RuntimeException e) {
            LOG.error("An alarm's criteria failed and is not evaluated any more alarmId={}", alarm.key(), e);
            metrics.disabled().increment();
            directory.disable(alarm, "the criteria failed: " + e.getMessage());
            reportState(alarm.key(), result.getTimestamp(), output);
            return;
        }
        metrics.observations().increment();
        stores.votes().put(alarm.key() + "/" + observed.getZone(), decision.vote());
        decision.transition().ifPresent(transition -> change(observed, transition, result, output));
        if (decision.transition().isPresent() || isNews(decision.vote(), alarm)) {
            reportState(alarm.key(), result.getTimestamp(), output);
        }
    }

    private void change(Observed observed, AlarmEngine.Transition transition, CheckResult result, Output output) {
        String alarmKey = observed.getAlarm();
        Map<String, ZoneVote> votes = stores.votesOf(alarmKey);
        Alarm alarm = Objects.requireNonNull(stores.alarms().get(alarmKey));
        AlertEvent event = records.alertEvent(alarm, transition, result, observed.getZone(), votes);
        stores.memories()
                .put(
                        alarmKey,
                        new AlarmMemory(
                                transition.state(),
                                transition.previous(),
                                event.getTimestamp(),
                                event.getStatus(),
                                null));
        metrics.transitions().increment();
        output.alert(alarmKey, event);
    }

    private void reportState(String alarmKey, Instant timestamp, Output output) {
        Alarm alarm = Objects.requireNonNull(stores.alarms().get(alarmKey));
        AlarmMemory memory = Objects.requireNonNull(stores.memories().get(alarmKey));
        Instant freshFrom = directory.freshFrom(alarmKey, alarm).orElse(Instant.MIN);
        output.state(alarmKey, records.alarmState(alarm, memory, stores.votesOf(alarmKey), timestamp, freshFrom));
    }

    /** The newest observation time in any listed zone; looked up once after a start, known from then on. */
    private long newestAt(String checkKey, WatchedCheck check) {
        OptionalLong known = check.newestAt();
        if (known.isPresent()) {
            return known.getAsLong();
        }
        long newest = Long.MIN_VALUE;
        for (String zone : check.zones()) {
            ZoneMemory memory = stores.zones().get(checkKey + "/" + zone);
            newest = memory == null
                    ? newest
                    : Math.max(newest, memory.getTimestamp().toEpochMilli());
        }
        return newest;
    }

    /** Whether a zone's new row says more than that one more observation came in. */
    private static boolean isNews(ZoneVote vote, WatchedAlarm alarm) {
        return vote.getRunLength() == 1 || vote.getRunLength() == alarm.consecutiveCount();
    }
}
