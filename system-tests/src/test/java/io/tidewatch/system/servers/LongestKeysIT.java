package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;

import com.datastax.oss.driver.api.core.CqlSession;
import com.datastax.oss.driver.api.core.cql.Row;
import io.tidewatch.results.ResultBounds;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.AttemptResult;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.DeliveryAttempt;
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
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.TableSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows of a real Cassandra, of results whose ids and names are as long as they may be. Longer ones it refused. */
@ExtendWith(SharedServers.class)
final class LongestKeysIT {
    private static CqlSession session;
    private static String keyspace;

    /** Not long ago: rows expire by age. */
    private final Instant start = Resolution.MIN1440.windowStart(Instant.now().minus(Duration.ofHours(24)));

    private final Inserts inserts = Inserts.on(session, keyspace, 0);

    @BeforeAll
    static void makeTables(EmbeddedServers servers) {
        session = servers.cassandra().session();
        keyspace = "keys_" + UUID.randomUUID().toString().substring(0, 8);
        assertThat(new CassandraSchema(session, keyspace, TableSettings.defaults()).apply())
                .isEmpty();
    }

    @AfterAll
    static void dropTables() {
        session.execute("DROP KEYSPACE " + keyspace);
        session.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "\u20ac", "\ud83d\ude00"})
    void areThereInEachTable(String character) {
        Longest longest = new Longest(character);

        send(inserts.results(), longest.result());
        send(inserts.rollups(), longest.rollup());
        send(inserts.numericMetrics(), longest.rollup());
        send(inserts.texts(), longest.text());
        send(inserts.transitionsByAlarm(), longest.event());
        send(inserts.transitionsByTenant(), longest.event());
        send(inserts.alarmStates(), longest.state());
        send(inserts.attempts(), longest.attempt());
        send(inserts.suppressionLogs(), longest.attempt());

        assertThat(ResultBounds.objection(longest.result())).isEmpty();
        List.of(
                        "results",
                        "rollups_5m",
                        "metrics",
                        "texts",
                        "transitions_by_alarm",
                        "transitions_by_tenant",
                        "alarm_states",
                        "attempts_by_alarm",
                        "suppression_logs")
                .forEach(table -> assertThat(rows(table, longest.tenantId()))
                        .as(table)
                        .singleElement()
                        .satisfies(row -> assertThat(row.getString("entity_id")).isEqualTo(longest.id())));
    }

    private <V> void send(Insert<V> insert, V value) {
        insert.send(List.of(insert.of(new Consumed<>("key", value, 1))))
                .toCompletableFuture()
                .join();
    }

    private static List<Row> rows(String table, String tenantId) {
        return session.execute(
                        "SELECT * FROM " + keyspace + "." + table + " WHERE tenant_id = ? ALLOW FILTERING", tenantId)
                .all();
    }

    /** Records with ids and names of one character, as many of it as there may be. */
    private final class Longest {
        private final String character;

        Longest(String character) {
            this.character = character;
        }

        String tenantId() {
            return filled(ResultBounds.MAX_TENANT_CHARS);
        }

        String id() {
            return filled(ResultBounds.MAX_ID_CHARS);
        }

        CheckResult result() {
            return CheckResult.newBuilder()
                    .setResultId(id())
                    .setTenantId(tenantId())
                    .setEntityId(id())
                    .setCheckId(id())
                    .setCheckType(id())
                    .setZoneId(id())
                    .setCollectorId(id())
                    .setTimestamp(start)
                    .setAvailable(true)
                    .setStatus(filled(ResultBounds.MAX_STATUS_CHARS))
                    .setMetrics(Map.of(
                            metric(),
                            new Metric(filled(ResultBounds.MAX_TEXT_CHARS), unit()),
                            "n",
                            new Metric(1L, unit())))
                    .build();
        }

        MetricRollup rollup() {
            return MetricRollup.newBuilder()
                    .setTenantId(tenantId())
                    .setEntityId(id())
                    .setCheckId(id())
                    .setZoneId(id())
                    .setMetric(metric())
                    .setUnit(unit())
                    .setResolutionMinutes(Resolution.MIN5.minutes())
                    .setWindowStart(start)
                    .setCount(1)
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

        TextChange text() {
            return new TextChange(tenantId(), id(), id(), id(), metric(), start, filled(ResultBounds.MAX_TEXT_CHARS));
        }

        AlertEvent event() {
            return AlertEvent.newBuilder()
                    .setEventId(id())
                    .setTenantId(tenantId())
                    .setEntityId(id())
                    .setCheckId(id())
                    .setAlarmId(id())
                    .setTimestamp(start)
                    .setState(State.CRITICAL)
                    .setPreviousState(State.OK)
                    .setStatus("slow")
                    .setZoneId(id())
                    .setObservations(List.of(new ZoneObservation(id(), State.CRITICAL, "slow", start)))
                    .setMetrics(result().getMetrics())
                    .build();
        }

        AlarmState state() {
            return AlarmState.newBuilder()
                    .setTenantId(tenantId())
                    .setEntityId(id())
                    .setCheckId(id())
                    .setAlarmId(id())
                    .setState(State.OK)
                    .setPreviousState(State.UNKNOWN)
                    .setSince(start)
                    .setStatus("fine")
                    .setTimestamp(start)
                    .setZones(List.of(new ZoneState(id(), State.OK, 3, State.OK, true, "fine", start)))
                    .build();
        }

        DeliveryAttempt attempt() {
            return DeliveryAttempt.newBuilder()
                    .setDeliveryId(id())
                    .setTenantId(tenantId())
                    .setNotificationId(id())
                    .setNotificationType("webhook")
                    .setNotificationPlanId(id())
                    .setEntityId(id())
                    .setCheckId(id())
                    .setAlarmId(id())
                    .setEventId(String.join(":", tenantId(), id(), id(), id(), "0", "CRITICAL"))
                    .setIncident(1)
                    .setState(State.CRITICAL)
                    .setPreviousState(State.OK)
                    .setStatus(filled(ResultBounds.MAX_STATUS_CHARS))
                    .setAttempt(0)
                    .setResult(AttemptResult.SUPPRESSED)
                    .setReason(filled(ResultBounds.MAX_TEXT_CHARS))
                    .setFrom("")
                    .setEventTimestamp(start)
                    .setTimestamp(start)
                    .setTookMs(0)
                    .build();
        }

        private String metric() {
            return filled(ResultBounds.MAX_METRIC_NAME_CHARS);
        }

        private String unit() {
            return filled(ResultBounds.MAX_UNIT_CHARS);
        }

        private String filled(int chars) {
            return character.repeat(chars / character.length()) + "x".repeat(chars % character.length());
        }
    }
}
