package io.tidewatch.topics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The catalogue is a contract with consumers: a change here is a change for them. */
final class TopicTest {
    @ParameterizedTest
    @CsvSource({
        "CHECK_RESULTS, check-results, tenant/entity/check, CheckResult, 2",
        "METRIC_ROLLUPS, metric-rollups, 'tenant/entity/check/zone/metric, partitioned by tenant/entity/check', MetricRollup, 2",
        "ALERT_EVENTS, alert-events, 'tenant/entity/alarm, partitioned by tenant', AlertEvent, 30",
        "ALARM_STATES, alarm-states, tenant/entity/alarm, AlarmState, ",
        "TEXT_CHANGES, text-changes, 'tenant/entity/check/zone/metric, partitioned by tenant/entity/check', TextChange, 2",
        "ENTITIES, entities, tenant/entity, Entity, ",
        "CHECKS, checks, tenant/entity/check, Check, ",
        "ALARMS, alarms, 'tenant/entity/alarm, partitioned by tenant/entity/check', Alarm, ",
        "NOTIFICATIONS, notifications, 'tenant/notification, partitioned by tenant', Notification, ",
        "NOTIFICATION_PLANS, notification-plans, 'tenant/plan, partitioned by tenant', NotificationPlan, ",
        "SUPPRESSIONS, suppressions, 'tenant/suppression, partitioned by tenant', Suppression, ",
        "SILENCES, silences, 'tenant/silence, partitioned by tenant', Silence, ",
        "MAINTENANCE_WINDOWS, maintenance-windows, 'tenant/window, partitioned by tenant', MaintenanceWindow, ",
        "INHIBITIONS, inhibitions, 'tenant/inhibition, partitioned by tenant', Inhibition, ",
        "INCIDENTS, incidents, 'tenant/entity/alarm, partitioned by tenant', Incident, ",
        "INCIDENT_COMMANDS, incident-commands, 'tenant/entity/alarm, partitioned by tenant', IncidentCommand, 7",
        "DELIVERIES, deliveries, 'tenant/notification, partitioned by tenant', Delivery, 14",
        "DELIVERY_ATTEMPTS, delivery-attempts, 'tenant/notification, partitioned by tenant', DeliveryAttempt, 30",
        "DEAD_LETTERS, dead-letters, as the source, , 14",
    })
    void hasTheNameKeyValueAndRetentionOfTheContract(
            Topic topic, String name, String key, String schema, Long retentionDays) {
        assertThat(topic.baseName()).isEqualTo(name);
        assertThat(topic.key()).isEqualTo(key);
        assertThat(topic.valueSchema().map(Schema::getName).orElse(null)).isEqualTo(schema);
        assertThat(topic.retention().map(Duration::toDays).orElse(null)).isEqualTo(retentionDays);
        assertThat(topic.compacted()).isEqualTo(retentionDays == null);
    }

    @Test
    void isOneOfTheContract() {
        assertThat(Topic.values()).hasSize(19);
    }

    @Test
    void sharesItsPartitionsWithTheOthersThatAreReadByCheck() {
        assertThat(Topic.PARTITIONED_BY_CHECK)
                .containsExactlyInAnyOrder(Topic.CHECK_RESULTS, Topic.CHECKS, Topic.ALARMS);
    }

    @Test
    void sharesItsPartitionsWithTheOthersThatAreReadByTenant() {
        assertThat(Topic.PARTITIONED_BY_TENANT)
                .allSatisfy(topic -> assertThat(topic.key()).endsWith(", partitioned by tenant"))
                .hasSize(11);
    }

    @ParameterizedTest
    @EnumSource(Topic.class)
    void isNamedUnderAPrefixWithItsSubjectBesideIt(Topic topic) {
        TopicNames names = new TopicNames("staging.");

        assertThat(names.of(topic)).isEqualTo("staging." + topic.baseName());
        assertThat(names.valueSubject(topic)).isEqualTo("staging." + topic.baseName() + "-value");
    }

    @Test
    void isPrefixedWithTidewatchByDefault() {
        assertThat(TopicNames.withDefaultPrefix().of(Topic.ALERT_EVENTS)).isEqualTo("tidewatch.alert-events");
    }
}
