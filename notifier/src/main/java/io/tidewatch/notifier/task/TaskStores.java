package io.tidewatch.notifier.task;

import io.tidewatch.runtime.application.AvroStores;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.Suppression;
import io.tidewatch.schema.state.LaneMessage;
import io.tidewatch.serde.SchemaRegistry;
import java.util.Set;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The changelogged stores of one stream task, and their names.
 *
 * @param incidents by {@code tenant/entity/alarm}
 * @param lanes what is queued, by {@code tenant/notification/number}: see {@link Lanes}
 * @param notifications configuration by {@code tenant/notification}
 * @param plans configuration by {@code tenant/plan}
 * @param suppressions configuration by {@code tenant/suppression}
 * @param silences configuration by {@code tenant/silence}
 * @param maintenanceWindows configuration by {@code tenant/window}
 * @param inhibitions configuration by {@code tenant/inhibition}
 */
public record TaskStores(
        KeyValueStore<String, Incident> incidents,
        KeyValueStore<String, LaneMessage> lanes,
        KeyValueStore<String, Notification> notifications,
        KeyValueStore<String, NotificationPlan> plans,
        KeyValueStore<String, Suppression> suppressions,
        KeyValueStore<String, Silence> silences,
        KeyValueStore<String, MaintenanceWindow> maintenanceWindows,
        KeyValueStore<String, Inhibition> inhibitions) {
    private static final String INCIDENTS = "incidents";
    private static final String LANES = "lanes";
    private static final String NOTIFICATIONS = "notifications";
    private static final String PLANS = "notification-plans";
    private static final String SUPPRESSIONS = "suppressions";
    private static final String SILENCES = "silences";
    private static final String MAINTENANCE_WINDOWS = "maintenance-windows";
    private static final String INHIBITIONS = "inhibitions";

    public static Set<StoreBuilder<?>> builders(SchemaRegistry registry) {
        return Set.of(
                AvroStores.keyValue(INCIDENTS, registry, Incident.class),
                AvroStores.keyValue(LANES, registry, LaneMessage.class),
                AvroStores.keyValue(NOTIFICATIONS, registry, Notification.class),
                AvroStores.keyValue(PLANS, registry, NotificationPlan.class),
                AvroStores.keyValue(SUPPRESSIONS, registry, Suppression.class),
                AvroStores.keyValue(SILENCES, registry, Silence.class),
                AvroStores.keyValue(MAINTENANCE_WINDOWS, registry, MaintenanceWindow.class),
                AvroStores.keyValue(INHIBITIONS, registry, Inhibition.class));
    }

    static TaskStores of(ProcessorContext<?, ?> context) {
        return new TaskStores(
                context.getStateStore(INCIDENTS),
                context.getStateStore(LANES),
                context.getStateStore(NOTIFICATIONS),
                context.getStateStore(PLANS),
                context.getStateStore(SUPPRESSIONS),
                context.getStateStore(SILENCES),
                context.getStateStore(MAINTENANCE_WINDOWS),
                context.getStateStore(INHIBITIONS));
    }
}
