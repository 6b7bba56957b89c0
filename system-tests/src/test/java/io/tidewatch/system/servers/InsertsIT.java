package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.BatchableStatement;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.State;
import io.tidewatch.schema.TextChange;
import io.tidewatch.schema.ZoneObservation;
import io.tidewatch.schema.ZoneState;
import io.tidewatch.standalone.servers.EmbeddedServers;
import io.tidewatch.streams.sink.Consumed;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.timeseries.Bucket;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import io.tidewatch.timeseries.TableSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The rows that the sink's inserts leave in a real Cassandra, also when they are written twice or in another order. */
@ExtendWith(SharedServers.class)
final class InsertsIT {
    private static final long BASE_MICROS = 1_000_000;

    private static CqlSession session;
    private static String keyspace;

    /** Each test has a tenant of its own. */
    private final String tenant = "t" + UUID.randomUUID();

    /** Not long ago: rows expire by age. */
    private final Instant start = Resolution.MIN1440.windowStart(Instant.now().minus(Duration.ofHours(24)));

    private final Inserts inserts = Inserts.on(session, keyspace, BASE_MICROS);

    @BeforeAll
    static void makeTables(EmbeddedServers servers) {
        session = servers.cassandra().session();
        keyspace = "inserts_" + UUID.randomUUID().toString().substring(0, 8);
        TableSettings tables = TableSettings.defaults();
        assertThat(new CassandraSchema(session, keyspace, tables).apply()).isEmpty();
    }

    @AfterAll
    static void dropTables() {
        session.execute("DROP KEYSPACE " + keyspace);
        session.close();
    }

    @Test
    void keepsAResultAsItIs() {
        CheckResult result = result(Map.of(
                "bytes", new Metric(17L, "bytes"),
                "load", new Metric(0.5, null),
                "code", new Metric("200", null),
                "secure", new Metric(true, null)));

        send(inserts.results(), result, 0);
        send(inserts.results(), result, 1);

        Row row = only("results");
        assertThat(row.getInstant("timestamp")).isEqualTo(start);
        assertThat(row.getString("result_id")).isEqualTo("r");
        assertThat(row.getBoolean("available")).isTrue();
        assertThat(row.getMap("longs", String.class, Long.class)).isEqualTo(Map.of("bytes", 17L));
        assertThat(row.getMap("doubles", String.class, Double.class)).isEqualTo(Map.of("load", 0.5));
        assertThat(row.getMap("texts", String.class, String.class)).isEqualTo(Map.of("code", "200"));
        assertThat(row.getMap("booleans", String.class, Boolean.class)).isEqualTo(Map.of("secure", true));
        assertThat(row.getMap("units", String.class, String.class)).isEqualTo(Map.of("bytes", "bytes"));
    }

    @Test
    void keepsOneWholeResultOfTwoAtTheSameTimeWhateverTheirOrder() {
        CheckResult one = result(Map.of("a", new Metric(1L, null)));
        CheckResult other = result(Map.of("b", new Metric(2.0, null)));
        other.setResultId("s");

        send(inserts.results(), one, 0);
        send(inserts.results(), other, 1);
        String first = only("results").getFormattedContents();
        send(inserts.results(), one, 0);

        assertThat(only("results").getFormattedContents()).isEqualTo(first);
    }

    @Test
    void keepsACorrectionThoughWhatItCorrectsIsWrittenAgain() {
        MetricRollup early = rollup(Resolution.MIN20, "load", 2, null);
        MetricRollup corrected = rollup(Resolution.MIN20, "load", 3, null);

        send(inserts.rollups(), early, 0);
        send(inserts.rollups(), corrected, 1);
        send(inserts.rollups(), early, 0);

        assertThat(only("rollups_20m").getLong("count")).isEqualTo(3);
    }

    @Test
    void putsEachResolutionIntoItsTable() {
        for (Resolution resolution : Resolution.values()) {
            send(inserts.rollups(), rollup(resolution, "load", resolution.minutes(), null), 0);
        }

        for (Resolution resolution : Resolution.values()) {
            assertThat(only(CassandraSchema.rollupTable(resolution)).getLong("count"))
                    .isEqualTo(resolution.minutes());
        }
    }

    @Test
    void writesABatchAsItsRows() {
        BatchableStatement<?> first = write(inserts.rollups(), rollup(Resolution.MIN5, "a", 1, null), 0);
        BatchableStatement<?> second = write(inserts.rollups(), rollup(Resolution.MIN5, "b", 2, null), 1);
        assertThat(first.getRoutingKey()).isNotNull().isEqualTo(second.getRoutingKey());

        inserts.rollups().send(List.of(first, second)).toCompletableFuture().join();

        assertThat(rows("rollups_5m"))
                .extracting(row -> row.getString("metric"))
                .containsExactlyInAnyOrder("a", "b");
    }

    @Test
    void knowsAMetricOnceItIsListedUntilItsUnitOrTheMonthChanges() {
        Insert<MetricRollup> insert = inserts.numericMetrics();
        Consumed<MetricRollup> listed = consumed(rollup(Resolution.MIN5, "load", 1, "bytes"), 0);
        assertThat(insert.isKnown(listed)).isFalse();

        send(insert, rollup(Resolution.MIN5, "load", 1, "bytes"), 0);
        insert.acknowledged(listed);

        assertThat(only("metrics").getString("kind")).isEqualTo("number");
        assertThat(only("metrics").getString("unit")).isEqualTo("bytes");
        assertThat(insert.isKnown(consumed(rollup(Resolution.MIN5, "load", 7, "bytes"), 1)))
                .isTrue();
        assertThat(insert.isKnown(consumed(rollup(Resolution.MIN5, "load", 1, "bits"), 1)))
                .isFalse();
        MetricRollup nextMonth = rollup(Resolution.MIN5, "load", 1, "bytes");
        nextMonth.setWindowStart(start.plus(Duration.ofDays(31)));
        assertThat(insert.isKnown(consumed(nextMonth, 1))).isFalse();
    }

    @Test
    void listsNeitherCoarserRollupsNorAvailability() {
        assertThat(inserts.numericMetrics().isKnown(consumed(rollup(Resolution.MIN20, "load", 1, null), 0)))
                .isTrue();
        assertThat(inserts.numericMetrics().isKnown(consumed(rollup(Resolution.MIN5, Series.AVAILABILITY, 1, null), 0)))
                .isTrue();
    }

    @Test
    void keepsATextAndListsItsMetric() {
        TextChange change = new TextChange(tenant, "en", "ch", null, "code", start, "503");

        send(inserts.texts(), change, 0);
        send(inserts.textMetrics(), change, 0);

        assertThat(only("texts").getString("value")).isEqualTo("503");
        assertThat(only("texts").getString("zone_id")).isEmpty();
        assertThat(only("metrics").getString("kind")).isEqualTo("text");
    }

    @Test
    void keepsATransitionByAlarmAndByTenant() {
        AlertEvent event = AlertEvent.newBuilder()
                .setEventId("e1")
                .setTenantId(tenant)
                .setEntityId("en")
                .setCheckId("ch")
                .setAlarmId("al")
                .setTimestamp(start)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("slow")
                .setZoneId("mza")
                .setObservations(List.of(new ZoneObservation("mza", State.CRITICAL, "slow", start)))
                .setMetrics(Map.of("load", new Metric(2.5, null)))
                .setAlarmLabel("load is high")
                .build();

        Stream.of(inserts.transitionsByAlarm(), inserts.transitionsByTenant()).forEach(insert -> {
            send(insert, event, 0);
            send(insert, event, 0);
        });

        for (String table : List.of("transitions_by_alarm", "transitions_by_tenant")) {
            assertThat(only(table).getFormattedContents())
                    .contains("event_id:'e1'", "state:'CRITICAL'", "alarm_label:'load is high'")
                    .contains("[('mza','CRITICAL','slow',", "metrics:{'load':'2.5'}");
        }
    }

    @Test
    void keepsEachAttemptOnceWhereItsTransitionIs() {
        DeliveryAttempt late = attempt(AttemptResult.CONFIRMED, "");
        late.setTimestamp(start.plus(Duration.ofHours(30)));

        send(inserts.attempts(), attempt(AttemptResult.NOT_RECEIVED, "503"), 0);
        send(inserts.attempts(), late, 1);
        send(inserts.attempts(), attempt(AttemptResult.NOT_RECEIVED, "503"), 0);

        List<Row> rows = rows("attempts_by_alarm");
        assertThat(rows).extracting(row -> row.getString("result")).containsExactly("CONFIRMED", "NOT_RECEIVED");
        assertThat(rows.get(1).getFormattedContents())
                .contains("event_id:'e1'", "kind:'PROBLEM'", "reason:'503'", "sent_from:'notifier-1'", "took_ms:17")
                .contains("not_before:NULL", "notification_plan_id:'np'");
        assertThat(rows)
                .allSatisfy(row -> assertThat(row.getLocalDate("bucket")).isEqualTo(Bucket.DAY.of(start)));
    }

    @Test
    void keepsOneRowOfWhatIsWithheldFromSeveralWhateverTheirOrder() {
        DeliveryAttempt one = attempt(AttemptResult.SUPPRESSED, "suppression sp1");
        DeliveryAttempt other = attempt(AttemptResult.SUPPRESSED, "suppression sp2");
        other.setNotificationId("nt2");

        send(inserts.suppressionLogs(), one, 0);
        send(inserts.suppressionLogs(), other, 1);
        String first = only("suppression_logs").getFormattedContents();
        send(inserts.suppressionLogs(), one, 0);

        assertThat(only("suppression_logs").getFormattedContents())
                .isEqualTo(first)
                .contains("event_id:'e1'", "state:'CRITICAL'", "suppression sp");
    }

    @Test
    void passesOverWhatIsOfNoAlarmAndLogsOnlyWhatWasWithheld() {
        DeliveryAttempt test = attempt(AttemptResult.SUPPRESSED, "");
        test.setAlarmId("");
        DeliveryAttempt sent = attempt(AttemptResult.CONFIRMED, "");
        DeliveryAttempt withheld = attempt(AttemptResult.SUPPRESSED, "suppression sp1");

        assertThat(inserts.attempts().isKnown(consumed(test, 0))).isTrue();
        assertThat(inserts.attempts().isKnown(consumed(sent, 0))).isFalse();
        assertThat(inserts.attempts().isKnown(consumed(withheld, 0))).isFalse();
        assertThat(inserts.suppressionLogs().isKnown(consumed(test, 0))).isTrue();
        assertThat(inserts.suppressionLogs().isKnown(consumed(sent, 0))).isTrue();
        assertThat(inserts.suppressionLogs().isKnown(consumed(withheld, 0))).isFalse();
        Consumed<DeliveryAttempt> empty = new Consumed<>(tenant + "/nt", null, 0);
        assertThat(inserts.attempts().isKnown(empty)).isFalse();
        assertThatThrownBy(() -> inserts.attempts().of(empty)).isInstanceOf(BadRecordException.class);
        assertThat(inserts.suppressionLogs().isKnown(empty)).isTrue();
    }

    @Test
    void keepsTheStateOfTheLaterRecordWhateverComesLast() {
        send(inserts.alarmStates(), state(State.CRITICAL), 8);
        send(inserts.alarmStates(), state(State.OK), 7);

        assertThat(only("alarm_states").getString("state")).isEqualTo("CRITICAL");
        assertThat(only("alarm_states").getFormattedContents()).contains("zones:[('mza','OK',3,'OK',true,'fine',");
    }

    @Test
    void forgetsADeletedAlarmThoughItsStateIsWrittenAgain() {
        send(inserts.alarmStates(), state(State.CRITICAL), 8);
        BatchableStatement<?> deletion = inserts.alarmStates().of(new Consumed<>(tenant + "/en/al", null, 9));
        inserts.alarmStates().send(List.of(deletion)).toCompletableFuture().join();
        send(inserts.alarmStates(), state(State.CRITICAL), 8);
        assertThat(rows("alarm_states")).isEmpty();

        // A topic that was made anew begins at offset 0; its base is later.
        Inserts later = Inserts.on(session, keyspace, BASE_MICROS + 1_000);
        send(later.alarmStates(), state(State.OK), 0);
        assertThat(only("alarm_states").getString("state")).isEqualTo("OK");
    }

    private CheckResult result(Map<String, Metric> metrics) {
        return CheckResult.newBuilder()
                .setResultId("r")
                .setTenantId(tenant)
                .setEntityId("en")
                .setCheckId("ch")
                .setCheckType("remote.ping")
                .setZoneId("mza")
                .setCollectorId("c")
                .setTimestamp(start)
                .setAvailable(true)
                .setStatus("")
                .setMetrics(metrics)
                .build();
    }

    private MetricRollup rollup(Resolution resolution, String metric, long count, @Nullable String unit) {
        return MetricRollup.newBuilder()
                .setTenantId(tenant)
                .setEntityId("en")
                .setCheckId("ch")
                .setZoneId("mza")
                .setMetric(metric)
                .setUnit(unit)
                .setResolutionMinutes(resolution.minutes())
                .setWindowStart(start)
                .setCount(count)
                .setSum(1)
                .setMin(1)
                .setMax(1)
                .setMean(1)
                .setVariance(0)
                .setFirst(1)
                .setFirstAt(start)
                .setLast(1)
                .setLastAt(start)
                .build();
    }

    private DeliveryAttempt attempt(AttemptResult result, String reason) {
        return DeliveryAttempt.newBuilder()
                .setDeliveryId("d1")
                .setTenantId(tenant)
                .setNotificationId("nt1")
                .setNotificationType("webhook")
                .setNotificationPlanId("np")
                .setEntityId("en")
                .setCheckId("ch")
                .setAlarmId("al")
                .setEventId("e1")
                .setKind(MessageKind.PROBLEM)
                .setIncident(1)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("slow")
                .setAttempt(1)
                .setResult(result)
                .setReason(reason)
                .setFrom("notifier-1")
                .setEventTimestamp(start)
                .setTimestamp(start.plusSeconds(1))
                .setTookMs(17)
                .build();
    }

    private AlarmState state(State state) {
        return AlarmState.newBuilder()
                .setTenantId(tenant)
                .setEntityId("en")
                .setCheckId("ch")
                .setAlarmId("al")
                .setState(state)
                .setPreviousState(State.UNKNOWN)
                .setSince(start)
                .setStatus("fine")
                .setTimestamp(start)
                .setZones(List.of(new ZoneState("mza", State.OK, 3, State.OK, true, "fine", start)))
                .build();
    }

    private <V> void send(Insert<V> insert, V value, long offset) {
        insert.send(List.of(write(insert, value, offset))).toCompletableFuture().join();
    }

    private <V> BatchableStatement<?> write(Insert<V> insert, V value, long offset) {
        return insert.of(consumed(value, offset));
    }

    private <V> Consumed<V> consumed(V value, long offset) {
        return new Consumed<>(tenant + "/key", value, offset);
    }

    private Row only(String table) {
        return assertThat(rows(table)).singleElement().actual();
    }

    private List<Row> rows(String table) {
        return session.execute(
                        "SELECT * FROM " + keyspace + "." + table + " WHERE tenant_id = ? ALLOW FILTERING", tenant)
                .all();
    }
}
