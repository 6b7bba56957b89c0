package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.EscalationStep;
import io.tidewatch.schema.GroupBy;
import io.tidewatch.schema.NotificationPlan;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Notification plans: which notifications are told of which state. One that an alarm names can't be deleted. */
public final class NotificationPlanKind implements ResourceKind<NotificationPlan> {
    private static final String CRITICAL_STATE = "critical_state";
    private static final String WARNING_STATE = "warning_state";
    private static final String OK_STATE = "ok_state";
    private static final String UNKNOWN_STATE = "unknown_state";
    private static final String REPEAT_AFTER = "repeat_after";
    private static final String ESCALATION = "escalation";
    private static final String LASTS_FOR = "lasts_for";
    private static final String CRITICAL_AT_ONCE = "critical_at_once";
    private static final String GROUP_BY = "group_by";
    private static final String GROUP_WAIT = "group_wait";
    private static final String GROUP_INTERVAL = "group_interval";
    private static final Set<String> FIELDS = Set.of(
            "label",
            CRITICAL_STATE,
            WARNING_STATE,
            OK_STATE,
            UNKNOWN_STATE,
            REPEAT_AFTER,
            ESCALATION,
            LASTS_FOR,
            CRITICAL_AT_ONCE,
            GROUP_BY,
            GROUP_WAIT,
            GROUP_INTERVAL,
            "metadata");

    private static final String AFTER = "after";
    private static final String NOTIFICATIONS = "notifications";
    private static final Set<String> STEP_FIELDS = Set.of(AFTER, NOTIFICATIONS);

    private static final int MAX_NOTIFICATIONS = 100;
    private static final int MAX_STEPS = 10;
    private static final int MAX_ID_CHARS = 255;
    private static final int MIN_WAIT_SECONDS = 60;
    private static final int MAX_WAIT_SECONDS = 604_800;
    private static final int MAX_LASTS_FOR_SECONDS = 86_400;
    private static final int MAX_GROUP_WAIT_SECONDS = 3600;
    private static final int USUAL_GROUP_WAIT_SECONDS = 30;
    private static final int USUAL_GROUP_INTERVAL_SECONDS = 300;

    /** So many of the alarms that name a plan are told to whoever wants to delete it. */
    private static final int MAX_ALARMS_SHOWN = 10;

    private final NotificationKind notifications;
    private final int maxPerTenant;

    /**
     * @param notifications which notifications there are
     */
    public NotificationPlanKind(NotificationKind notifications, int maxPerTenant) {
        this.notifications = notifications;
        this.maxPerTenant = maxPerTenant;
    }

    /** Whether a plan names a notification anywhere. */
    static boolean names(NotificationPlan plan, String notificationId) {
        return Stream.concat(
                        Stream.of(
                                plan.getCriticalState(),
                                plan.getWarningState(),
                                plan.getOkState(),
                                plan.getUnknownState()),
                        plan.getEscalation().stream().map(EscalationStep::getNotifications))
                .anyMatch(ids -> ids.contains(notificationId));
    }

    @Override
    public String noun() {
        return "NotificationPlan";
    }

    @Override
    public String idPrefix() {
        return "np";
    }

    @Override
    public String collection() {
        return "notification_plans";
    }

    @Override
    public Topic topic() {
        return Topic.NOTIFICATION_PLANS;
    }

    @Override
    public Class<NotificationPlan> recordClass() {
        return NotificationPlan.class;
    }

    @Override
    public ResourcePath path(NotificationPlan plan) {
        return ResourcePath.of(plan.getTenantId(), plan.getNotificationPlanId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public NotificationPlan read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        Optional<GroupBy> groupBy = fields.oneOf(GROUP_BY, GroupBy.class);
        return NotificationPlan.newBuilder()
                .setTenantId(path.tenantId())
                .setNotificationPlanId(path.id())
                .setLabel(fields.requiredText("label", 1, ResourceFields.MAX_LABEL_CHARS))
                .setCriticalState(ids(fields, CRITICAL_STATE))
                .setWarningState(ids(fields, WARNING_STATE))
                .setOkState(ids(fields, OK_STATE))
                .setUnknownState(ids(fields, UNKNOWN_STATE))
                .setRepeatAfterSeconds(repeatAfter(fields))
                .setEscalation(escalation(fields))
                .setLastsForSeconds(
                        fields.integer(LASTS_FOR, 0, MAX_LASTS_FOR_SECONDS).orElse(0))
                .setCriticalAtOnce(fields.flag(CRITICAL_AT_ONCE).orElse(true))
                .setGroupBy(groupBy.orElse(null))
                .setGroupWaitSeconds(fields.integer(GROUP_WAIT, 0, MAX_GROUP_WAIT_SECONDS)
                        .orElse(groupBy.isPresent() ? USUAL_GROUP_WAIT_SECONDS : 0))
                .setGroupIntervalSeconds(fields.integer(GROUP_INTERVAL, 0, MAX_WAIT_SECONDS)
                        .orElse(groupBy.isPresent() ? USUAL_GROUP_INTERVAL_SECONDS : 0))
                .setMetadata(ResourceFields.metadata(fields))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public void require(NotificationPlan plan, ConfigurationView view) {
        String tenantId = plan.getTenantId();
        requireNotifications(tenantId, CRITICAL_STATE, plan.getCriticalState(), view);
        requireNotifications(tenantId, WARNING_STATE, plan.getWarningState(), view);
        requireNotifications(tenantId, OK_STATE, plan.getOkState(), view);
        requireNotifications(tenantId, UNKNOWN_STATE, plan.getUnknownState(), view);
        for (int i = 0; i < plan.getEscalation().size(); i++) {
            List<String> ids = plan.getEscalation().get(i).getNotifications();
            requireNotifications(tenantId, ESCALATION + "[" + i + "]." + NOTIFICATIONS, ids, view);
        }
    }

    @Override
    public void requireUnnamed(NotificationPlan plan, ConfigurationView view) {
        String id = plan.getNotificationPlanId();
        List<String> alarms = view.table(Alarm.class).under(ResourcePath.of(plan.getTenantId())).stream()
                .filter(alarm -> id.equals(alarm.getNotificationPlanId()))
                .limit(MAX_ALARMS_SHOWN)
                .map(alarm -> alarm.getEntityId() + NamedAlarms.SEPARATOR + alarm.getAlarmId())
                .toList();
        if (!alarms.isEmpty()) {
            throw Fault.childrenExist(noun(), id, "alarms", alarms);
        }
    }

    @Override
    public List<NotificationPlan> builtIn(String tenantId) {
        return BuiltIns.plans(tenantId);
    }

    @Override
    public ObjectNode write(NotificationPlan plan) {
        ObjectNode node = ResourceJson.start(plan.getNotificationPlanId()).put("label", plan.getLabel());
        node.set(CRITICAL_STATE, Json.MAPPER.valueToTree(plan.getCriticalState()));
        node.set(WARNING_STATE, Json.MAPPER.valueToTree(plan.getWarningState()));
        node.set(OK_STATE, Json.MAPPER.valueToTree(plan.getOkState()));
        node.set(UNKNOWN_STATE, Json.MAPPER.valueToTree(plan.getUnknownState()));
        node.put(REPEAT_AFTER, plan.getRepeatAfterSeconds());
        node.putArray(ESCALATION)
                .addAll(plan.getEscalation().stream()
                        .map(NotificationPlanKind::write)
                        .toList());
        node.put(LASTS_FOR, plan.getLastsForSeconds()).put(CRITICAL_AT_ONCE, plan.getCriticalAtOnce());
        if (plan.getGroupBy() != null) {
            node.put(GROUP_BY, plan.getGroupBy().name())
                    .put(GROUP_WAIT, plan.getGroupWaitSeconds())
                    .put(GROUP_INTERVAL, plan.getGroupIntervalSeconds());
        }
        return ResourceJson.finish(node, plan.getMetadata(), plan.getCreatedAt(), plan.getUpdatedAt());
    }

    private static ObjectNode write(EscalationStep step) {
        ObjectNode node = Json.MAPPER.createObjectNode().put(AFTER, step.getAfterSeconds());
        node.set(NOTIFICATIONS, Json.MAPPER.valueToTree(step.getNotifications()));
        return node;
    }

    private static List<String> ids(JsonFields fields, String name) {
        return fields.textList(name, MAX_NOTIFICATIONS, MAX_ID_CHARS);
    }

    private static @Nullable Long repeatAfter(JsonFields fields) {
        OptionalLong seconds = fields.integer(REPEAT_AFTER, MIN_WAIT_SECONDS, MAX_WAIT_SECONDS);
        return seconds.isPresent() ? seconds.getAsLong() : null;
    }

    private static List<EscalationStep> escalation(JsonFields fields) {
        List<EscalationStep> steps = new ArrayList<>();
        long previous = 0;
        for (JsonFields step : fields.objects(ESCALATION, MAX_STEPS, STEP_FIELDS)) {
            long after = step.requiredInteger(AFTER, MIN_WAIT_SECONDS, MAX_WAIT_SECONDS);
            if (after <= previous) {
                throw step.bad(AFTER, "has to be later than the step before, which is after " + previous + " seconds");
            }
            List<String> ids = ids(step, NOTIFICATIONS);
            if (ids.isEmpty()) {
                throw step.bad(NOTIFICATIONS, "has to name at least one notification");
            }
            steps.add(new EscalationStep(after, ids));
            previous = after;
        }
        return steps;
    }

    private void requireNotifications(String tenantId, String field, List<String> ids, ConfigurationView view) {
        for (int i = 0; i < ids.size(); i++) {
            if (notifications.find(ResourcePath.of(tenantId, ids.get(i)), view).isEmpty()) {
                throw Fault.missing(field + "[" + i + "]", "there is no notification " + ids.get(i));
            }
        }
    }
}
