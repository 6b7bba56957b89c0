package io.tidewatch.streams.alarm;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.state.AlarmMemory;
import io.tidewatch.schema.state.ZoneMemory;
import io.tidewatch.streams.alarm.engine.AlarmEngine;
import io.tidewatch.streams.alarm.engine.WatchedAlarm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Says what has become of alarms: remembers their transitions, and publishes these and the alarms' states. What a check's
 * alarms have in common is read once for all of them. Confined to the stream task's thread.
 */
final class AlarmReports {
    private final AlarmStores stores;
    private final AlarmMemories memories;
    private final AlarmMetrics metrics;

    AlarmReports(AlarmStores stores, AlarmMemories memories, AlarmMetrics metrics) {
        this.stores = stores;
        this.memories = memories;
        this.metrics = metrics;
    }

    /**
     * Reports what a result did to alarms of its check.
     *
     * @param zone the observed zone, whose memory is up to date
     */
    void observed(
            List<AlarmEngine.Decision> news,
            WatchedCheck check,
            String zone,
            CheckResult result,
            AlarmTask.Output output) {
        if (news.isEmpty()) {
            return;
        }
        AlarmRecords records = records(check);
        for (AlarmEngine.Decision decision : news) {
            WatchedAlarm watched = decision.alarm();
            Alarm alarm = alarm(watched.key());
            if (decision instanceof AlarmEngine.Counted counted && counted.transition() != null) {
                AlarmEngine.Transition transition = counted.transition();
                AlarmRecords.Cause cause = records.cause(transition, watched.id(), zone, result.getTimestamp());
                change(watched.key(), records.alertEvent(alarm, transition, cause), output);
            }
            Instant freshFrom = Instant.ofEpochMilli(check.newestAtMs()).minusMillis(watched.windowMs());
            state(alarm, watched.key(), records, result.getTimestamp(), freshFrom, output);
        }
    }

    /**
     * Reports that alarms have given up their states for want of observations.
     *
     * @param transitions by alarm. Their times follow from the observations alone, so that a replay gives the same events
     */
    void silent(Map<WatchedAlarm, AlarmEngine.Transition> transitions, WatchedCheck check, AlarmTask.Output output) {
        if (transitions.isEmpty()) {
            return;
        }
        AlarmRecords records = records(check);
        transitions.forEach((watched, transition) -> {
            // A zone that was just added may not have been heard at all; an alarm that has a state had a transition.
            Instant newest = check.newestAtMs() == AlarmEngine.NEVER_MS
                    ? Objects.requireNonNull(memories.alarm(watched.key()).getSince())
                    : Instant.ofEpochMilli(check.newestAtMs());
            Instant at = newest.plusMillis(watched.silenceMs());
            AlarmRecords.Cause cause = new AlarmRecords.Cause(at, "", "no data since " + newest, Map.of());
            Alarm alarm = alarm(watched.key());
            change(watched.key(), records.alertEvent(alarm, transition, cause), output);
            state(alarm, watched.key(), records, at, at.minusMillis(watched.windowMs()), output);
        });
    }

    /** Reports an alarm that begins anew: without any votes. */
    void configured(String alarmKey, Instant timestamp, AlarmTask.Output output) {
        state(alarm(alarmKey), alarmKey, new AlarmRecords(stores, Map.of()), timestamp, timestamp, output);
    }

    /** Reports an alarm whose new configuration is not in force yet. Nothing is remembered of it. */
    void waiting(String alarmKey, Alarm changed, Instant timestamp, AlarmTask.Output output) {
        AlarmMemory memory = memories.known(alarmKey);
        memory.setDisabledReason("its criteria is being compiled, and its check's results wait for it");
        AlarmRecords records = new AlarmRecords(stores, Map.of());
        output.publishState(alarmKey, records.alarmState(changed, memory, timestamp, timestamp));
    }

    private AlarmRecords records(WatchedCheck check) {
        Map<String, ZoneMemory> zones = memories.zones(check.key(), check.zones());
        return new AlarmRecords(stores, zones);
    }

    private void change(String alarmKey, AlertEvent event, AlarmTask.Output output) {
        memories.change(alarmKey, event);
        metrics.transitions().increment();
        output.publishAlert(alarmKey, event);
    }

    private void state(
            Alarm alarm,
            String alarmKey,
            AlarmRecords records,
            Instant timestamp,
            Instant freshFrom,
            AlarmTask.Output output) {
        output.publishState(alarmKey, records.alarmState(alarm, memories.alarm(alarmKey), timestamp, freshFrom));
    }

    private Alarm alarm(String alarmKey) {
        return Objects.requireNonNull(stores.alarms().get(alarmKey), alarmKey);
    }
}
