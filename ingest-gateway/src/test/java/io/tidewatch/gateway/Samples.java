package io.tidewatch.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.records.LogEntry;
import io.tidewatch.gateway.resource.ResourceKinds;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Notification;
import io.tidewatch.settings.Settings;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** Records of the tenant acme. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    /** All kinds that the gateway has, with the default settings. */
    public static final ResourceKinds KINDS =
            GatewayApp.kinds(GatewayConfig.from(Settings.of(GatewayConfig.DEFINITION, Map.of())));

    private Samples() {}

    /** The record that stores a resource. */
    @SuppressWarnings("unchecked") // A record's class is that of itself.
    public static <T extends SpecificRecord> LogEntry put(T resource) {
        return KINDS.of((Class<T>) resource.getClass()).put(resource);
    }

    public static Entity entity(String id) {
        return Entity.newBuilder()
                .setTenantId("acme")
                .setEntityId(id)
                .setLabel("a server")
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    public static Check check(String entityId, String id) {
        return Check.newBuilder()
                .setTenantId("acme")
                .setEntityId(entityId)
                .setCheckId(id)
                .setType("remote.ping")
                .setPeriodSeconds(60)
                .setTimeoutSeconds(30)
                .setMonitoringZonesPoll(List.of("mza"))
                .setTargetHostname("localhost")
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    public static Alarm alarm(String entityId, String checkId, String id) {
        return Alarm.newBuilder()
                .setTenantId("acme")
                .setEntityId(entityId)
                .setAlarmId(id)
                .setCheckId(checkId)
                .setNotificationPlanId("npOne")
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    public static Notification notification(String id) {
        return Notification.newBuilder()
                .setTenantId("acme")
                .setNotificationId(id)
                .setType("email")
                .setLabel("the operators")
                .setDetails(Map.of("address", "ops@example.org"))
                .setCreatedAt(NOW)
                .setUpdatedAt(NOW)
                .build();
    }

    public static CheckResult result(String entityId, String checkId) {
        return CheckResult.newBuilder()
                .setResultId("7b0d8a3a-1111-4222-8333-444455556666")
                .setTenantId("acme")
                .setEntityId(entityId)
                .setCheckId(checkId)
                .setCheckType("remote.ping")
                .setCollectorId("poller-1")
                .setTimestamp(NOW)
                .setAvailable(true)
                .setStatus("ok")
                .setMetrics(Map.of())
                .build();
    }

    public static ObjectNode json(String text) {
        return Json.parseObject(text.getBytes(StandardCharsets.UTF_8));
    }
}
