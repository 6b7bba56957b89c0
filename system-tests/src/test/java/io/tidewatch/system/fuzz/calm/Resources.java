package io.tidewatch.system.fuzz.calm;

import io.tidewatch.standalone.local.ApiClient;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Good configuration, which both tenants have. */
public final class Resources {
    /** Zones that no poller runs. */
    public static final List<String> ZONES = List.of("mzord", "mzlon");

    private Resources() {}

    /**
     * Makes checks until each partition has one.
     *
     * @return their ids, by partition
     */
    public static List<String> onEveryPartition(
            ApiClient api, String tenant, String entity, Map<String, Object> check) {
        Map<Integer, String> found = new HashMap<>();
        while (found.size() < Topic.DEFAULT_PARTITIONS) {
            String id = api.create("/entities/" + entity + "/checks", check);
            found.putIfAbsent(new CheckPath(tenant, entity, id).partition(Topic.DEFAULT_PARTITIONS), id);
        }
        return found.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Of a type that agents report. */
    public static Map<String, Object> agentCheck() {
        return Map.of("label", "agent", "type", "agent.plugin", "period", 60, "details", Map.of("file", "x.sh"));
    }

    /** Seen from two zones, which no poller of the installation serves. */
    public static Map<String, Object> remoteCheck() {
        return Map.of(
                "label",
                "remote",
                "type",
                "remote.http",
                "target_hostname",
                "127.0.0.1",
                "monitoring_zones_poll",
                ZONES,
                "period",
                1800,
                "timeout",
                10,
                "details",
                Map.of("url", "http://127.0.0.1:9/x"));
    }

    public static Map<String, Object> alarm(String check, String criteria) {
        return Map.of(
                "label",
                "alarm",
                "check_id",
                check,
                "notification_plan_id",
                "npTechnicalContactsEmail",
                "unknown_when_silent",
                false,
                "criteria",
                criteria);
    }
}
