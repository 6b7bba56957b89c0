package io.tidewatch.topics;

import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.AlarmState;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Check;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.DeliveryAttempt;
import io.tidewatch.schema.Entity;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentCommand;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.MaintenanceWindow;
import io.tidewatch.schema.MetricRollup;
import io.tidewatch.schema.Notification;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.schema.Silence;
import io.tidewatch.schema.Suppression;
import io.tidewatch.schema.TextChange;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The topic catalogue: one constant for each topic of ours. Names here carry no prefix; see {@link TopicNames}. */
public enum Topic {
    CHECK_RESULTS("check-results", "tenant/entity/check", CheckResult.SCHEMA$, Optional.of(Duration.ofDays(2))),
    METRIC_ROLLUPS(
            "metric-rollups",
            "tenant/entity/check/zone/metric, partitioned by tenant/entity/check",
            MetricRollup.SCHEMA$,
            Optional.of(Duration.ofDays(2))),
    TEXT_CHANGES(
            "text-changes",
            "tenant/entity/check/zone/metric, partitioned by tenant/entity/check",
            TextChange.SCHEMA$,
            Optional.of(Duration.ofDays(2))),
    ALERT_EVENTS(
            "alert-events",
            "tenant/entity/alarm, partitioned by tenant",
            AlertEvent.SCHEMA$,
            Optional.of(Duration.ofDays(30))),
    ALARM_STATES("alarm-states", "tenant/entity/alarm", AlarmState.SCHEMA$, Optional.empty()),
    ENTITIES("entities", "tenant/entity", Entity.SCHEMA$, Optional.empty()),
    CHECKS("checks", "tenant/entity/check", Check.SCHEMA$, Optional.empty()),
    ALARMS("alarms", "tenant/entity/alarm, partitioned by tenant/entity/check", Alarm.SCHEMA$, Optional.empty()),
    NOTIFICATIONS(
            "notifications", "tenant/notification, partitioned by tenant", Notification.SCHEMA$, Optional.empty()),
    NOTIFICATION_PLANS(
            "notification-plans", "tenant/plan, partitioned by tenant", NotificationPlan.SCHEMA$, Optional.empty()),
    SUPPRESSIONS("suppressions", "tenant/suppression, partitioned by tenant", Suppression.SCHEMA$, Optional.empty()),
    SILENCES("silences", "tenant/silence, partitioned by tenant", Silence.SCHEMA$, Optional.empty()),
    MAINTENANCE_WINDOWS(
            "maintenance-windows", "tenant/window, partitioned by tenant", MaintenanceWindow.SCHEMA$, Optional.empty()),
    INHIBITIONS("inhibitions", "tenant/inhibition, partitioned by tenant", Inhibition.SCHEMA$, Optional.empty()),
    INCIDENTS("incidents", "tenant/entity/alarm, partitioned by tenant", Incident.SCHEMA$, Optional.empty()),
    INCIDENT_COMMANDS(
            "incident-commands",
            "tenant/entity/alarm, partitioned by tenant",
            IncidentCommand.SCHEMA$,
            Optional.of(Duration.ofDays(7))),
    DELIVERIES(
            "deliveries",
            "tenant/notification, partitioned by tenant",
            Delivery.SCHEMA$,
            Optional.of(Duration.ofDays(14))),
    DELIVERY_ATTEMPTS(
            "delivery-attempts",
            "tenant/notification, partitioned by tenant",
            DeliveryAttempt.SCHEMA$,
            Optional.of(Duration.ofDays(30))),
    DEAD_LETTERS("dead-letters", "as the source", null, Optional.of(Duration.ofDays(14)));

    /** How many partitions a topic gets where nobody says otherwise. */
    public static final int DEFAULT_PARTITIONS = 6;

    /**
     * The most bytes of a record on {@link #DEAD_LETTERS}: a source's record, of which brokers take 1 MiB where nobody says
     * otherwise, and the headers that say why it is there, with as much again for topics with a larger limit.
     */
    public static final int LARGEST_DEAD_LETTER_BYTES = 2 << 20;

    /** The topics whose records about the same check are in partitions of the same number: they are read together. */
    public static final Set<Topic> PARTITIONED_BY_CHECK = Set.of(CHECK_RESULTS, CHECKS, ALARMS);

    /** The topics whose records about the same tenant are in partitions of the same number: the notifier reads them together. */
    public static final Set<Topic> PARTITIONED_BY_TENANT = Set.of(
            ALERT_EVENTS,
            NOTIFICATIONS,
            NOTIFICATION_PLANS,
            SUPPRESSIONS,
            SILENCES,
            MAINTENANCE_WINDOWS,
            INHIBITIONS,
            INCIDENTS,
            INCIDENT_COMMANDS,
            DELIVERIES,
            DELIVERY_ATTEMPTS);

    private final String baseName;
    private final String key;
    private final @Nullable Schema valueSchema;
    private final Optional<Duration> retention;

    Topic(String baseName, String key, @Nullable Schema valueSchema, Optional<Duration> retention) {
        this.baseName = baseName;
        this.key = key;
        this.valueSchema = valueSchema;
        this.retention = retention;
    }

    /** The name without a prefix, such as {@code check-results}. */
    public String baseName() {
        return baseName;
    }

    /** What the record key is made of, for documentation. */
    public String key() {
        return key;
    }

    /** The schema of the record value; empty for {@link #DEAD_LETTERS}, which keeps the source's bytes. */
    public Optional<Schema> valueSchema() {
        return Optional.ofNullable(valueSchema);
    }

    /** How long records are kept; empty for a compacted topic, which keeps the newest of each key. */
    public Optional<Duration> retention() {
        return retention;
    }

    /** The largest batch of records it has to take, in bytes; empty where the broker's own limit suffices. */
    public Optional<Integer> maxMessageBytes() {
        return this == DEAD_LETTERS ? Optional.of(LARGEST_DEAD_LETTER_BYTES) : Optional.empty();
    }

    /** Whether the topic keeps the newest record of each key for ever. */
    public boolean compacted() {
        return retention.isEmpty();
    }
}
