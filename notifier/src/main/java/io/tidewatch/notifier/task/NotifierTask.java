package io.tidewatch.notifier.task;

import io.tidewatch.notifier.delivery.Patience;
import io.tidewatch.notifier.sending.Courier;
import io.tidewatch.notifier.sending.Dispatch;
import io.tidewatch.runtime.deadletters.BadRecordException;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * All that a stream task does about its tenants' alarms: plans what is told to whom, and has it sent in order. A delivery is
 * sent when it has come back from its topic, that is, when the transaction that decided on it is committed.
 *
 * <p>Built from the stores alone, so that a task goes on after a restart as if nothing had been. Confined to the stream task's
 * thread.
 */
final class NotifierTask {
    /** Of what the time has brought, at one look: the records of others wait meanwhile. */
    private static final int ALARMS_A_LOOK = 200;

    private final TaskStores stores;
    private final Plans plans;
    private final Suppressions suppressions;
    private final Planner planner;
    private final Lanes lanes;

    /** @param unread deliveries that a former owner has tried, of which the outcome has yet to be read; changed by the task */
    NotifierTask(
            TaskStores stores,
            Configured configured,
            Courier courier,
            Patience patience,
            RandomGenerator lots,
            Dispatch dispatch,
            Output output,
            Set<String> unread,
            Instant now) {
        this.stores = stores;
        this.plans = new Plans(stores.plans());
        this.suppressions = new Suppressions(stores, configured, now);
        this.planner = new Planner(stores, configured, plans, suppressions, courier, output);
        this.lanes = new Lanes(stores, patience, lots, courier, dispatch, planner, output, unread, now);
    }

    /**
     * Takes in a record.
     *
     * @param value null when the configuration of that key was deleted
     */
    void process(Topic topic, String key, @Nullable SpecificRecord value, Instant now) {
        switch (topic) {
            case ALERT_EVENTS -> planner.enter(key, (AlertEvent) required(topic, value), now);
            case INCIDENT_COMMANDS -> planner.command(key, (IncidentCommand) required(topic, value), now);
            case DELIVERIES -> lanes.take((Delivery) required(topic, value), now);
            case DELIVERY_ATTEMPTS -> lanes.learn((DeliveryAttempt) required(topic, value), now);
            case NOTIFICATIONS -> {
                stores.notifications().put(key, (Notification) value);
                planner.reconsiderTenant(Keys.tenant(key), now);
            }
            case NOTIFICATION_PLANS -> {
                plans.change(key, (NotificationPlan) value);
                planner.reconsiderTenant(Keys.tenant(key), now);
            }
            case SUPPRESSIONS, SILENCES, MAINTENANCE_WINDOWS, INHIBITIONS -> {
                suppressions.change(topic, key, value, now);
                planner.reconsiderTenant(Keys.tenant(key), now);
            }
            default -> throw new IllegalArgumentException("Not for the notifier: " + topic);
        }
    }

    /** Does what the time has brought. */
    void proceed(Instant now) {
        planner.proceed(ALARMS_A_LOOK, now);
        lanes.proceed(now);
    }

    /** Looks what has become of the alarms themselves; called now and then. */
    void followAlarms(Instant now) {
        planner.followAlarms(now);
    }

    /** How many messages are queued. */
    int queued() {
        return lanes.queued();
    }

    /** How many alarms have a problem, or a receiver that knows of one. */
    int open() {
        return planner.open();
    }

    private static SpecificRecord required(Topic topic, @Nullable SpecificRecord value) {
        if (value == null) {
            throw new BadRecordException(
                    "The record has no value; nothing of the topic " + topic.baseName() + " can be deleted");
        }
        return value;
    }
}
