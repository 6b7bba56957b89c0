package io.tidewatch.streams.sink;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.TextChange;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** Every insert of the sink, prepared on one session. */
public record Inserts(
        Insert<CheckResult> results,
        Insert<MetricRollup> rollups,
        Insert<TextChange> texts,
        Insert<MetricRollup> numericMetrics,
        Insert<TextChange> textMetrics,
        Insert<AlertEvent> transitionsByAlarm,
        Insert<AlertEvent> transitionsByTenant,
        Insert<AlarmState> alarmStates,
        Insert<DeliveryAttempt> attempts,
        Insert<DeliveryAttempt> suppressionLogs) {
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
                new InsertAlarmState(session, keyspace, alarmStatesBaseMicros),
                new InsertAttempt(session, keyspace),
                new InsertSuppressionLog(session, keyspace));
    }

    /** Inserts that refuse to be used: for a topology that is drawn and never run. */
    public static Inserts unprepared() {
        return new Inserts(
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>(),
                new Unprepared<>());
    }

    private static final class Unprepared<V> implements Insert<V> {
        @Override
        public String table() {
            return "unprepared";
        }

        @Override
        public BatchableStatement<?> of(Consumed<V> record) {
            throw new IllegalStateException("There is no Cassandra to write to");
        }

        @Override
        public CompletionStage<?> send(List<? extends BatchableStatement<?>> statements) {
            throw new IllegalStateException("There is no Cassandra to write to");
        }
    }
}
