package io.tidewatch.gateway.suppression;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.resource.NamedAlarms;
import io.tidewatch.gateway.resource.NotificationPlanKind;
import io.tidewatch.gateway.resource.ResourceFields;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.Suppressions;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Maintenance windows: recurring times in which nobody is told of problems of some alarms. */
public final class MaintenanceWindowKind implements ResourceKind<MaintenanceWindow> {
    private static final String MATCHERS = "matchers";

    /** What the gateway works out when it shows a window. May be sent back, and is not looked at. */
    private static final String NEXT_OCCURRENCES = "next_occurrences";

    private static final int SHOWN_OCCURRENCES = 3;
    private static final Set<String> FIELDS = Stream.of(
                    NamedAlarms.FIELDS, WindowTimesJson.FIELDS, Set.of("label", MATCHERS, NEXT_OCCURRENCES))
            .flatMap(Set::stream)
            .collect(Collectors.toUnmodifiableSet());

    private final NotificationPlanKind plans;
    private final int maxPerTenant;

    /** @param plans which plans there are */
    public MaintenanceWindowKind(NotificationPlanKind plans, int maxPerTenant) {
        this.plans = plans;
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "MaintenanceWindow";
    }

    @Override
    public String idPrefix() {
        return "mw";
    }

    @Override
    public String collection() {
        return "maintenance_windows";
    }

    @Override
    public Topic topic() {
        return Topic.MAINTENANCE_WINDOWS;
    }

    @Override
    public Class<MaintenanceWindow> recordClass() {
        return MaintenanceWindow.class;
    }

    @Override
    public ResourcePath path(MaintenanceWindow window) {
        return ResourcePath.of(window.getTenantId(), window.getMaintenanceWindowId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public MaintenanceWindow read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        NamedAlarms named = NamedAlarms.read(fields);
        return WindowTimesJson.read(fields, MaintenanceWindow.newBuilder())
                .setTenantId(path.tenantId())
                .setMaintenanceWindowId(path.id())
                .setLabel(ResourceFields.label(fields))
                .setNotificationPlans(named.plans())
                .setEntities(named.entities())
                .setChecks(named.checks())
                .setAlarms(named.alarms())
                .setMatchers(matchers(fields, named))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public void require(MaintenanceWindow window, ConfigurationView view) {
        Optional<NamedAlarms> before =
                view.table(MaintenanceWindow.class).get(path(window)).map(MaintenanceWindowKind::named);
        named(window).requireExisting(window.getTenantId(), before, plans, view);
    }

    @Override
    public ObjectNode write(MaintenanceWindow window) {
        ObjectNode node = ResourceJson.start(window.getMaintenanceWindowId()).put("label", window.getLabel());
        WindowTimesJson.write(node, window);
        named(window).write(node);
        node.set(MATCHERS, MatcherJson.write(window.getMatchers()));
        return ResourceJson.finish(node, window.getCreatedAt(), window.getUpdatedAt());
    }

    /** With the next times that it holds: in its own zone, and in milliseconds. */
    @Override
    public ObjectNode show(MaintenanceWindow window, ConfigurationView view, Suppressions suppressions) {
        ObjectNode node = write(window);
        ZoneId zone = ZoneId.of(window.getTimeZone());
        ArrayNode occurrences = node.putArray(NEXT_OCCURRENCES);
        io.tidewatch.suppression.MaintenanceWindow.of(window)
                .occurrences(suppressions.now(), SHOWN_OCCURRENCES)
                .forEach(occurrence -> occurrences
                        .addObject()
                        .put("start", local(occurrence.begin(), zone))
                        .put("end", local(occurrence.end(), zone))
                        .put("time_zone", zone.getId())
                        .put("start_time", occurrence.begin().toEpochMilli())
                        .put("end_time", occurrence.end().toEpochMilli()));
        return node;
    }

    private static String local(Instant instant, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(instant.atZone(zone));
    }

    private static List<AlarmMatcher> matchers(JsonFields fields, NamedAlarms named) {
        if (MatcherJson.read(fields, MATCHERS).isEmpty()) {
            if (named.isEmpty()) {
                throw NamedAlarms.nothingNamed(MATCHERS);
            }
            return List.of();
        }
        return MatcherJson.demanding(fields, MATCHERS);
    }

    private static NamedAlarms named(MaintenanceWindow window) {
        return new NamedAlarms(
                window.getNotificationPlans(), window.getEntities(), window.getChecks(), window.getAlarms());
    }
}
