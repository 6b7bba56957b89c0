package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;

/** Every insert of the sink, prepared on one session. */
public record Inserts(
        Insert<CheckResult> results,
        Insert<MetricRollup> rollups,
        Insert<TextChange> texts,
        Insert<MetricRollup> numericMetrics,
        Insert<TextChange> textMetrics,
        Insert<AlertEvent> transitionsByAlarm,
        Insert<AlertEvent> transitionsByTenant,
        Insert<AlarmState> alarmStates) {
    /**
     * @param alarmStatesBaseMicros the {@link TopicBase} of {@code alarm-states}
     * @throws com.datastax.oss.driver.api.core.DriverException when Cassandra is away, or a table is missing
     */
    public static Inserts on(CqlSession session, String keyspace, long alarmStatesBaseMicros) {
        return new Inserts(
                new InsertResult(session, keyspace),
                new InsertRollup(session, keyspace),
                new InsertText(session, keyspace),
                InsertMetric.ofRollups(session, keyspace),
                InsertMetric.ofTexts(session, keyspace),
                InsertTransition.byAlarm(session, keyspace),
                InsertTransition.byTenant(session, keyspace),
                new InsertAlarmState(session, keyspace, alarmStatesBaseMicros));
    }
}
