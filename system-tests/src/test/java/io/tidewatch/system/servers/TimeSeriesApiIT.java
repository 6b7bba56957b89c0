package io.tidewatch.system.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.datastax.oss.driver.api.core.CqlSession;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.tidewatch.gateway.GatewayApp;
import io.tidewatch.gateway.GatewayConfig;
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
import io.tidewatch.schema.ZoneState;
import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.settings.Settings;
import io.tidewatch.standalone.local.ApiClient;
import io.tidewatch.standalone.servers.DataDirectory;
import io.tidewatch.standalone.servers.EmbeddedCassandra;
import io.tidewatch.standalone.servers.ServerPorts;
import io.tidewatch.streams.sink.Consumed;
import io.tidewatch.streams.sink.Insert;
import io.tidewatch.streams.sink.Inserts;
import io.tidewatch.timeseries.CassandraSchema;
import io.tidewatch.timeseries.CassandraSettings;
import io.tidewatch.timeseries.QuantileSketch;
import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.TableSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What is in Cassandra, as the {@code .cql} files lay it out, comes out of the API; and without Cassandra, the rest works. */
@ExtendWith(SharedServers.class)
final class TimeSeriesApiIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** A midnight, where buckets end; not long ago, because rows expire by age. */
    private final Instant start = Resolution.MIN1440.windowStart(Instant.now().minus(Duration.ofHours(24)));

    private final Instant now = start.plus(Duration.ofHours(12));
    private final HttpClient http = HttpClient.newHttpClient();
    private EmbeddedCassandra cassandra;
    private GatewayApp gateway;
    private String entity;
    private String check;
    private String agentEntity;
    private String agentCheck;
    private String agentAlarm;

    @BeforeEach
    void start(@TempDir Path directory, KafkaSettings kafka) {
        cassandra = new EmbeddedCassandra(DataDirectory.open(directory), ServerPorts.free());
        cassandra.start();
        gateway = new GatewayApp(
                Settings.of(
                        GatewayConfig.DEFINITION,
                        Map.of(
                                KafkaSettings.BOOTSTRAP_SERVERS,
                                kafka.bootstrapServers(),
                                KafkaSettings.REGISTRY_URL,
                                kafka.registryUrl(),
                                KafkaSettings.TOPIC_PREFIX,
                                kafka.topics().prefix(),
                                GatewayConfig.HTTP_HOST,
                                "127.0.0.1",
                                GatewayConfig.HTTP_PORT,
                                "0",
                                GatewayConfig.READ_TIMEOUT_MS,
                                "2000",
                                CassandraSettings.CONTACT_POINTS,
                                cassandra.address(),
                                CassandraSettings.LOCAL_DATACENTER,
                                EmbeddedCassandra.DATACENTER)),
                Clock.fixed(now, ZoneOffset.UTC));
        gateway.start();
        gateway.awaitReady(PATIENCE);
        ApiClient api = new ApiClient("http://127.0.0.1:" + gateway.port() + "/v1.0/acme");
        entity = api.create("/entities", Map.of("label", "web"));
        check = api.create(
                "/entities/" + entity + "/checks",
                Map.of(
                        "type",
                        "remote.ping",
                        "target_hostname",
                        "localhost",
                        "monitoring_zones_poll",
                        List.of("mza", "mz.b")));
    }

    @AfterEach
    void stop() {
        gateway.close();
        cassandra.close();
    }

    @Test
    void readsWhatIsStoredAndWaitsForTablesAndForCassandra() {
        // No table yet: said at once, and everything else works.
        HttpResponse<String> early = get(metrics());
        assertThat(early.statusCode()).isEqualTo(503);
        assertThat(early.body()).contains("Time series can't be read now: Cassandra is not connected yet");
        assertThat(early.headers().firstValue("Retry-After")).hasValue("5");
        assertThat(get("/entities/" + entity).statusCode()).isEqualTo(200);

        String alarm = store();
        await().atMost(PATIENCE).until(() -> get(metrics()).statusCode() == 200);

        readsMetrics();
        readsPlots();
        readsTransitions(alarm);
        readsStates(alarm);
        readsTheStateOfAnAgentsAlarm();
        readsTheNotificationHistory(alarm);
        readsTheSuppressionLog(alarm);
        String silence = createWhatWithholds();
        previewsASilence(silence, alarm);

        cassandra.stop();
        await().atMost(PATIENCE).until(() -> get(metrics()).statusCode() == 503);
        assertThat(get(changelog("")).body()).contains("systemFailureError", "Time series can't be read now");
        assertThat(json("/silences/" + silence + "/preview").path("transitions").isNull())
                .isTrue();
        assertThat(get("/entities/" + entity).statusCode()).isEqualTo(200);

        cassandra.start();
        await().atMost(PATIENCE).until(() -> get(metrics()).statusCode() == 200);
        readsPlots();
    }

    /** One of each kind, through the real broker; gives the silence. */
    private String createWhatWithholds() {
        ApiClient api = new ApiClient("http://127.0.0.1:" + gateway.port() + "/v1.0/acme");
        Map<String, Object> ping = Map.of("field", "check_type", "op", "=", "value", "remote.ping");
        String router = api.create("/entities", Map.of("label", "router"));
        String web =
                api.create("/entities", Map.of("label", "web 2", "depends_on", List.of(router, entity + ":" + check)));
        String inhibition = api.create(
                "/inhibitions",
                Map.of("source", List.of(ping), "target", List.of(ping), "equal", List.of("entity_id")));
        String window = api.create(
                "/maintenance_windows",
                Map.of(
                        "time_zone",
                        "Europe/Berlin",
                        "start",
                        "02:30",
                        "duration",
                        3600,
                        "recurrence",
                        "daily",
                        "entities",
                        List.of(entity)));
        assertThat(json("/entities/" + web).path("depends_on")).hasSize(2);
        assertThat(json("/inhibitions/" + inhibition).at("/source/0/value").asText())
                .isEqualTo("remote.ping");
        assertThat(json("/maintenance_windows/" + window).path("next_occurrences"))
                .hasSize(3);
        return api.create(
                "/silences",
                Map.of(
                        "author",
                        "ann",
                        "reason",
                        "test",
                        "end_time",
                        now.plusSeconds(3600).toEpochMilli(),
                        "matchers",
                        List.of(ping)));
    }

    private void previewsASilence(String silence, String alarm) {
        JsonNode preview = json("/silences/" + silence + "/preview");

        assertThat(preview.at("/alarms/total").asInt()).isEqualTo(1);
        assertThat(preview.at("/alarms/values/0/alarm_id").asText()).isEqualTo(alarm);
        assertThat(preview.at("/transitions/total").asInt()).isEqualTo(4);
        assertThat(preview.at("/transitions/values").findValuesAsText("id")).containsExactly("x", "y", "z", "old");
    }

    private void readsMetrics() {
        assertThat(json(metrics()).path("values"))
                .hasToString("[{\"name\":\"mz.b.@available\",\"type\":\"number\",\"unit\":null},"
                        // These are in the newest results only.
                        + "{\"name\":\"mz.b.fresh\",\"type\":\"number\",\"unit\":\"jobs\"},"
                        + "{\"name\":\"mz.b.ok\",\"type\":\"text\",\"unit\":null},"
                        + "{\"name\":\"mza.@available\",\"type\":\"number\",\"unit\":null},"
                        + "{\"name\":\"mza.disk./var.used\",\"type\":\"number\",\"unit\":\"bytes\"},"
                        + "{\"name\":\"mza.version\",\"type\":\"text\",\"unit\":null}]");
    }

    private void readsPlots() {
        String disk = metrics() + "/mza.disk.%2Fvar.used/plot?";
        long startMs = start.toEpochMilli();

        // Five windows on both sides of midnight, which are two partitions; two of them to a page.
        List<String> averages = new ArrayList<>();
        String next = disk + "resolution=MIN5&select=average,sum&limit=2&from=" + (startMs - 600_000) + "&to="
                + (startMs + 900_000);
        while (!next.isEmpty()) {
            JsonNode page = json(next);
            page.path("values")
                    .forEach(point -> averages.add(point.path("timestamp").asLong() - startMs + " "
                            + point.path("average") + " " + point.path("sum")));
            JsonNode href = page.at("/metadata/next_href");
            next = href.isNull() ? "" : href.asText().replaceFirst(".*/acme", "");
        }
        assertThat(averages)
                .containsExactly(
                        "-600000 1.0 2.0", "-300000 2.0 4.0", "0 3.0 6.0", "300000 4.0 8.0", "600000 5.0 10.0");

        JsonNode window = json(disk + "resolution=MIN60&select=min,max,variance,first,last,rate,p50&from=" + startMs)
                .at("/values/0");
        assertThat(window.path("min").asDouble()).isEqualTo(6.5);
        assertThat(window.path("max").asDouble()).isEqualTo(7.5);
        assertThat(window.path("variance").asDouble()).isEqualTo(0.25);
        assertThat(window.path("rate").asDouble()).isEqualTo(0.01);
        assertThat(window.path("p50").asDouble()).isBetween(6.4, 7.6);

        assertThat(json(metrics() + "/mza.load/plot?resolution=FULL&from=" + (startMs - 60_000))
                        .path("values"))
                .hasToString("[{\"timestamp\":" + (startMs - 30_000) + ",\"numPoints\":1,\"average\":1.5},"
                        + "{\"timestamp\":" + startMs + ",\"numPoints\":1,\"average\":2.0}]");
        assertThat(json(metrics() + "/mza.@available/plot?resolution=FULL&from=" + startMs)
                        .path("values"))
                .hasToString("[{\"timestamp\":" + startMs + ",\"numPoints\":1,\"average\":0.0}]");
        assertThat(json(metrics() + "/mza.version/plot?points=10").path("values"))
                .hasToString("[{\"timestamp\":" + startMs + ",\"text\":\"1.2\"}]");
        assertThat(get(metrics() + "/mza.nothing/plot?points=10").statusCode()).isEqualTo(404);
    }

    private void readsTransitions(String alarm) {
        assertThat(ids("&limit=2")).containsExactly("old", "z", "y", "x", "new");
        assertThat(ids("&limit=2&reverse=true")).containsExactly("new", "x", "y", "z", "old");
        assertThat(ids("&limit=2&entityId=" + entity)).containsExactly("old", "z", "y", "x");
        assertThat(ids("&limit=3&entityId=" + entity + "&alarmId=" + alarm)).containsExactly("old", "z", "y", "x");
        assertThat(json(changelog("&entityId=" + entity)).at("/values/0"))
                .hasToString(
                        "{\"id\":\"old\",\"timestamp\":" + (start.toEpochMilli() - 1) + ",\"entity_id\":\"" + entity
                                + "\",\"alarm_id\":\"" + alarm + "\",\"check_id\":\"" + check
                                + "\",\"state\":\"CRITICAL\",\"previous_state\":\"OK\",\"status\":\"down\","
                                + "\"analyzed_by_monitoring_zone_id\":\"mza\"}");
    }

    private void readsStates(String alarm) {
        String state = "[{\"timestamp\":" + start.toEpochMilli() + ",\"entity_id\":\"" + entity + "\",\"alarm_id\":\""
                + alarm + "\",\"check_id\":\"" + check
                + "\",\"status\":\"down\",\"state\":\"CRITICAL\",\"previous_state\":\"OK\","
                + "\"analyzed_by_monitoring_zone_id\":\"mz.b\"}]";
        assertThat(json("/views/latest_alarm_states").path("values")).hasToString(state);
        assertThat(json("/views/overview").at("/values/0/latest_alarm_states")).hasToString(state);
    }

    /** An agent's check has no zone. Its state was answered with 503 once. */
    private void readsTheStateOfAnAgentsAlarm() {
        assertThat(json("/v1.0/agents/views/latest_alarm_states").at("/values/0"))
                .hasToString("{\"timestamp\":" + start.toEpochMilli() + ",\"entity_id\":\"" + agentEntity
                        + "\",\"alarm_id\":\"" + agentAlarm + "\",\"check_id\":\"" + agentCheck
                        + "\",\"status\":\"down\",\"state\":\"CRITICAL\",\"previous_state\":\"OK\","
                        + "\"analyzed_by_monitoring_zone_id\":null}");
    }

    private void readsTheNotificationHistory(String alarm) {
        String history = "/entities/" + entity + "/alarms/" + alarm + "/notification_history";
        String old = eventId(alarm, start.minusMillis(1));
        String recent = eventId(alarm, start);
        assertThat(json(history)).hasToString("{\"check_ids\":[\"" + check + "\"]}");
        assertThat(idsFrom(history + "/" + check + "?limit=1")).containsExactly(recent, old);
        assertThat(idsFrom(history + "/chOther?")).isEmpty();

        JsonNode item = json(history + "/" + check + "/" + recent);
        assertThat(item.path("timestamp").asLong()).isEqualTo(start.toEpochMilli());
        assertThat(item.path("status").asText()).isEqualTo("down");
        assertThat(item.at("/notification_results/0").toString())
                .startsWith(
                        "{\"notification_id\":\"nt1\",\"notification_type\":\"webhook\",\"notification_details\":{},"
                                + "\"in_progress\":true,");
        assertThat(item.at("/notification_results/0/attempts"))
                .extracting(attempt -> attempt.path("message").asText())
                .containsExactly("The receiver has not got it: 503", "The receiver has not got it: 502");
        assertThat(item.at("/notification_results/0/attempts/1/digest_id").asText())
                .isEqualTo("dg1");
        assertThat(item.at("/notification_results/1/result").asText()).isEqualTo("SUPPRESSED");
        // Told a day later, and still of its transition.
        assertThat(json(history + "/" + check + "/" + old).at("/notification_results/0/success"))
                .hasToString("true");
        assertThat(get(history + "/" + check + "/" + recent + "x").statusCode()).isEqualTo(404);

        String ofOthers = "/v1.0/agents" + history;
        assertThat(json(ofOthers)).hasToString("{\"check_ids\":[]}");
        assertThat(json(ofOthers + "/" + check).path("values")).isEmpty();
        assertThat(get(ofOthers + "/" + check + "/" + recent).statusCode()).isEqualTo(404);
    }

    private void readsTheSuppressionLog(String alarm) {
        String id = start.toEpochMilli() + ":" + eventId(alarm, start);
        String before = start.minusMillis(1).toEpochMilli() + ":" + eventId(alarm, start.minusMillis(1));
        assertThat(idsFrom("/suppression_logs?limit=1")).containsExactly(before, id);
        assertThat(idsFrom("/suppression_logs?limit=1&reverse=True")).containsExactly(id, before);
        assertThat(idsFrom("/suppression_logs?entityId=enOther")).isEmpty();
        assertThat(idsFrom("/suppression_logs?entityId=" + entity + "&alarmId=" + alarm))
                .containsExactly(before, id);
        JsonNode shown = json("/suppression_logs/" + id);
        assertThat(shown.path("suppressions")).hasToString("[\"sp1\"]");
        assertThat(shown.path("alarm_id").asText()).isEqualTo(alarm);

        assertThat(json("/v1.0/agents/suppression_logs").path("values")).isEmpty();
        assertThat(get("/v1.0/agents/suppression_logs/" + id).statusCode()).isEqualTo(404);
    }

    private void attempts(Inserts inserts, String alarm) {
        Instant before = start.minusMillis(1);
        sent(inserts.attempts(), attempt(alarm, start, "nt1", 1, AttemptResult.NOT_RECEIVED, "503", start));
        sent(
                inserts.attempts(),
                attempt(alarm, start, "nt1", 2, AttemptResult.NOT_RECEIVED, "502", start.plusSeconds(5)));
        sent(
                inserts.attempts(),
                attempt(alarm, before, "nt1", 1, AttemptResult.CONFIRMED, "", before.plus(Duration.ofHours(25))));
        for (Instant at : List.of(before, start)) {
            DeliveryAttempt withheld = attempt(alarm, at, "nt2", 0, AttemptResult.SUPPRESSED, "suppression sp1", at);
            sent(inserts.attempts(), withheld);
            sent(inserts.suppressionLogs(), withheld);
        }
    }

    private String eventId(String alarm, Instant at) {
        return "acme:" + entity + ":" + alarm + ":" + check + ":" + at.toEpochMilli() + ":CRITICAL";
    }

    private DeliveryAttempt attempt(
            String alarm,
            Instant eventAt,
            String notification,
            int number,
            AttemptResult result,
            String reason,
            Instant at) {
        return DeliveryAttempt.newBuilder()
                .setDeliveryId("d-" + notification)
                .setTenantId("acme")
                .setNotificationId(notification)
                .setNotificationType("webhook")
                .setEntityId(entity)
                .setCheckId(check)
                .setAlarmId(alarm)
                .setEventId(eventId(alarm, eventAt))
                .setDigestId(number == 2 ? "dg1" : null)
                .setKind(number == 0 ? null : MessageKind.PROBLEM)
                .setIncident(1)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("down")
                .setAttempt(number)
                .setResult(result)
                .setReason(reason)
                .setFrom("notifier-1")
                .setEventTimestamp(eventAt)
                .setTimestamp(at)
                .setTookMs(3)
                .build();
    }

    private String store() {
        ApiClient agents = new ApiClient("http://127.0.0.1:" + gateway.port() + "/v1.0/agents");
        agentEntity = agents.create("/entities", Map.of("label", "host"));
        agentCheck = agents.create(
                "/entities/" + agentEntity + "/checks", Map.of("type", "agent.plugin", "details", Map.of("file", "x")));
        agentAlarm = agents.create(
                "/entities/" + agentEntity + "/alarms",
                Map.of("check_id", agentCheck, "notification_plan_id", "npManaged"));
        String alarm = new ApiClient("http://127.0.0.1:" + gateway.port() + "/v1.0/acme")
                .create(
                        "/entities/" + entity + "/alarms",
                        Map.of("check_id", check, "notification_plan_id", "npManaged"));
        try (CqlSession session = cassandra.session()) {
            assertThat(new CassandraSchema(session, "tidewatch", TableSettings.defaults()).apply())
                    .isEmpty();
            Inserts inserts = Inserts.on(session, "tidewatch", 0);
            for (int index = 0; index < 5; index++) {
                sent(inserts.rollups(), rollup(Resolution.MIN5, start.plusSeconds(300L * (index - 2)), index + 1));
            }
            sent(inserts.rollups(), rollup(Resolution.MIN60, start, 7));
            sent(inserts.results(), result(start.minusSeconds(30), true, 1.5));
            sent(inserts.results(), result(start, false, 2L));
            sent(inserts.results(), fresh());
            TextChange version = new TextChange("acme", entity, check, "mza", "version", start, "1.2");
            sent(inserts.numericMetrics(), rollup(Resolution.MIN5, start, 3));
            sent(inserts.textMetrics(), version);
            sent(inserts.texts(), version);
            transition(inserts, alarm, "old", entity, start.minusMillis(1));
            transition(inserts, alarm, "x", entity, start);
            transition(inserts, alarm, "y", entity, start);
            transition(inserts, alarm, "z", entity, start);
            transition(inserts, "alOther", "new", "enOther", start.plusMillis(1));
            attempts(inserts, alarm);
            sent(
                    inserts.alarmStates(),
                    state("acme", entity, check, alarm)
                            .setZones(List.of(
                                    new ZoneState("mz.b", State.CRITICAL, 1, State.CRITICAL, true, "down", start),
                                    new ZoneState("mza", State.OK, 1, State.OK, true, "", start.minusMillis(5))))
                            .build());
            sent(
                    inserts.alarmStates(),
                    state("agents", agentEntity, agentCheck, agentAlarm)
                            .setZones(List.of(
                                    new ZoneState(null, State.CRITICAL, 1, State.CRITICAL, true, "down", start)))
                            .build());
        }
        return alarm;
    }

    private void transition(Inserts inserts, String alarm, String id, String entityId, Instant at) {
        AlertEvent event = AlertEvent.newBuilder()
                .setEventId(id)
                .setTenantId("acme")
                .setEntityId(entityId)
                .setCheckId(check)
                .setAlarmId(alarm)
                .setTimestamp(at)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setStatus("down")
                .setZoneId("mza")
                .setObservations(List.of())
                .setMetrics(Map.of())
                .build();
        sent(inserts.transitionsByTenant(), event);
        sent(inserts.transitionsByAlarm(), event);
    }

    private AlarmState.Builder state(String tenant, String entityId, String checkId, String alarm) {
        return AlarmState.newBuilder()
                .setTenantId(tenant)
                .setEntityId(entityId)
                .setCheckId(checkId)
                .setAlarmId(alarm)
                .setState(State.CRITICAL)
                .setPreviousState(State.OK)
                .setSince(start)
                .setStatus("down")
                .setTimestamp(start);
    }

    private static <V> void sent(Insert<V> insert, V value) {
        insert.send(List.of(insert.of(new Consumed<>("", value, 0))))
                .toCompletableFuture()
                .join();
    }

    private MetricRollup rollup(Resolution resolution, Instant windowStart, double mean) {
        QuantileSketch sketch = new QuantileSketch();
        sketch.add(mean - 0.5);
        sketch.add(mean + 0.5);
        return MetricRollup.newBuilder()
                .setTenantId("acme")
                .setEntityId(entity)
                .setCheckId(check)
                .setZoneId("mza")
                .setMetric("disk./var.used")
                .setUnit("bytes")
                .setResolutionMinutes(resolution.minutes())
                .setWindowStart(windowStart)
                .setCount(2)
                .setSum(2 * mean)
                .setMin(mean - 0.5)
                .setMax(mean + 0.5)
                .setMean(mean)
                .setVariance(0.25)
                .setFirst(mean - 0.5)
                .setFirstAt(windowStart)
                .setLast(mean + 0.5)
                .setLastAt(windowStart.plusSeconds(100))
                .setSketch(sketch.toProtobuf())
                .build();
    }

    private CheckResult result(Instant timestamp, boolean available, Object load) {
        return CheckResult.newBuilder()
                .setResultId("r" + timestamp.toEpochMilli())
                .setTenantId("acme")
                .setEntityId(entity)
                .setCheckId(check)
                .setCheckType("remote.ping")
                .setZoneId("mza")
                .setCollectorId("c")
                .setTimestamp(timestamp)
                .setAvailable(available)
                .setStatus("")
                .setMetrics(Map.of("load", new Metric(load, null)))
                .build();
    }

    /** A result whose metrics have not been rolled up yet. */
    private CheckResult fresh() {
        CheckResult result = result(now.minusSeconds(60), true, 1.5);
        result.setZoneId("mz.b");
        result.setMetrics(Map.of("fresh", new Metric(3L, "jobs"), "ok", new Metric(true, null)));
        return result;
    }

    /** Of all pages. */
    private List<String> ids(String query) {
        return idsFrom(changelog(query));
    }

    private List<String> idsFrom(String list) {
        List<String> ids = new ArrayList<>();
        String next = list;
        while (!next.isEmpty()) {
            JsonNode page = json(next);
            page.path("values").forEach(item -> ids.add(item.path("id").asText()));
            JsonNode href = page.at("/metadata/next_href");
            next = href.isNull() ? "" : href.asText().replaceFirst(".*/acme", "");
        }
        return ids;
    }

    private String metrics() {
        return "/entities/" + entity + "/checks/" + check + "/metrics";
    }

    private static String changelog(String query) {
        return "/changelogs/alarms?" + query;
    }

    private JsonNode json(String path) {
        HttpResponse<String> answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        try {
            return JSON.readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpResponse<String> get(String path) {
        try {
            return http.send(
                    HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + gateway.port()
                                    + (path.startsWith("/v1.0") ? "" : "/v1.0/acme") + path))
                            .timeout(Duration.ofSeconds(20))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
