package io.tidewatch.gateway.resource;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.AlarmJson;
import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.FaultType;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import io.tidewatch.topics.CheckPath;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Alarms: when a check's results raise an alert. */
public final class AlarmKind implements ResourceKind<Alarm> {
    private static final String NOTIFICATION_PLAN_ID = "notification_plan_id";
    private static final String UNKNOWN_WHEN_SILENT = "unknown_when_silent";
    private static final Set<String> FIELDS = Set.of(
            "check_id",
            "check_type",
            NOTIFICATION_PLAN_ID,
            "criteria",
            "disabled",
            "label",
            "metadata",
            DependsOn.FIELD,
            UNKNOWN_WHEN_SILENT);
    private static final int MAX_ID_CHARS = 255;

    /** All of them are judged for each result of the check, and kept in one record beside each other. Source: this project's own. */
    static final int MAX_PER_CHECK = 250;

    private final CheckTypes types;
    private final NotificationPlanKind plans;
    private final AlarmWarnings warnings = new AlarmWarnings();
    private final int maxPerTenant;

    /**
     * @param types which metrics a check has, by its type
     * @param plans which plans there are
     */
    public AlarmKind(CheckTypes types, NotificationPlanKind plans, int maxPerTenant) {
        this.types = types;
        this.plans = plans;
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Alarm";
    }

    @Override
    public String idPrefix() {
        return "al";
    }

    @Override
    public String collection() {
        return "alarms";
    }

    @Override
    public boolean isOfEntity() {
        return true;
    }

    @Override
    public Topic topic() {
        return Topic.ALARMS;
    }

    @Override
    public Class<Alarm> recordClass() {
        return Alarm.class;
    }

    @Override
    public ResourcePath path(Alarm alarm) {
        return ResourcePath.of(alarm.getTenantId(), alarm.getEntityId(), alarm.getAlarmId());
    }

    /** An alarm lives beside its check: its key names the alarm, its partition is the check's. */
    @Override
    public Optional<String> partitionedBy(Alarm alarm) {
        CheckPath check = new CheckPath(alarm.getTenantId(), alarm.getEntityId(), alarm.getCheckId());
        return Optional.of(check.toString());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Set<String> setAtCreation() {
        return Set.of("check_id");
    }

    @Override
    public Alarm read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        return Alarm.newBuilder()
                .setTenantId(path.tenantId())
                .setEntityId(path.entityId())
                .setAlarmId(path.id())
                .setCheckId(checkId(path, fields, view))
                .setLabel(ResourceFields.label(fields))
                .setCriteria(fields.text("criteria", 1, CriteriaParser.MAX_TEXT_LENGTH)
                        .map(AlarmKind::requireCriteria)
                        .orElse(null))
                .setDisabled(fields.flag("disabled").orElse(false))
                .setUnknownWhenSilent(fields.flag(UNKNOWN_WHEN_SILENT).orElse(true))
                .setNotificationPlanId(fields.requiredText(NOTIFICATION_PLAN_ID, 1, MAX_ID_CHARS))
                .setDependsOn(DependsOn.read(fields))
                .setMetadata(ResourceFields.metadata(fields))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public void require(Alarm alarm, ConfigurationView view) {
        ResourcePath path = path(alarm);
        requireCheck(path, alarm.getCheckId(), view);
        Optional<Alarm> before = view.table(Alarm.class).get(path);
        if (before.map(Alarm::getNotificationPlanId)
                .filter(alarm.getNotificationPlanId()::equals)
                .isEmpty()) {
            requirePlan(alarm, view);
        }
        DependsOn.require(
                alarm.getTenantId(),
                alarm.getDependsOn(),
                before.map(Alarm::getDependsOn),
                DependsOn.names(alarm),
                view);
        if (before.isEmpty() && count(path.entity(), alarm.getCheckId(), view) >= MAX_PER_CHECK) {
            throw new Fault(
                    FaultType.LIMIT_REACHED,
                    "A check may have " + MAX_PER_CHECK + " alarms",
                    Map.of("object", noun(), "limit", MAX_PER_CHECK));
        }
    }

    private void requirePlan(Alarm alarm, ConfigurationView view) {
        String planId = alarm.getNotificationPlanId();
        if (plans.find(ResourcePath.of(alarm.getTenantId(), planId), view).isEmpty()) {
            throw Fault.missing(NOTIFICATION_PLAN_ID, "there is no notification plan " + planId);
        }
    }

    private static long count(ResourcePath entity, String checkId, ConfigurationView view) {
        return view.table(Alarm.class).under(entity).stream()
                .filter(alarm -> alarm.getCheckId().equals(checkId))
                .count();
    }

    @Override
    public ObjectNode write(Alarm alarm) {
        return AlarmJson.of(alarm);
    }

    /** Criteria that name a metric which the alarm's check never has: such an alarm is CRITICAL for ever. */
    @Override
    public List<String> warnings(Alarm alarm, ConfigurationView view) {
        ResourcePath check = ResourcePath.of(alarm.getTenantId(), alarm.getEntityId(), alarm.getCheckId());
        Optional<CheckType> type =
                view.table(Check.class).get(check).map(Check::getType).flatMap(types::find);
        return type.isEmpty() || alarm.getCriteria() == null ? List.of() : warnings.of(type.get(), alarm.getCriteria());
    }

    /** Its plan's name, too: a suppression of the plan is one of all alarms that name it. */
    @Override
    public List<String> namesInSuppressions(Alarm alarm) {
        return Stream.concat(
                        Stream.of(
                                Suppressions.alarm(alarm.getEntityId(), alarm.getAlarmId()),
                                Suppressions.check(alarm.getEntityId(), alarm.getCheckId()),
                                Suppressions.entity(alarm.getEntityId())),
                        Stream.ofNullable(alarm.getNotificationPlanId()).map(Suppressions::plan))
                .toList();
    }

    @Override
    public boolean isDeletedWith(ResourcePath other, Alarm alarm) {
        ResourcePath check = ResourcePath.of(alarm.getTenantId(), alarm.getEntityId(), alarm.getCheckId());
        return check.equals(other) || check.isBelow(other);
    }

    /** A client may send the check's type with it, which is not kept. */
    private static String checkId(ResourcePath path, JsonFields fields, ConfigurationView view) {
        String checkId = fields.requiredText("check_id", 1, MAX_ID_CHARS);
        Check check = requireCheck(path, checkId, view);
        fields.text("check_type", 1, MAX_ID_CHARS).ifPresent(type -> {
            if (!type.equals(check.getType())) {
                throw fields.bad("check_type", "is not the check's type, which is " + check.getType());
            }
        });
        return checkId;
    }

    private static Check requireCheck(ResourcePath path, String checkId, ConfigurationView view) {
        return view.table(Check.class)
                .get(path.entity().child(checkId))
                .orElseThrow(() -> Fault.missing("check_id", "entity " + path.entityId() + " has no such check"));
    }

    private static String requireCriteria(String criteria) {
        try {
            CriteriaParser.parse(criteria);
        } catch (CriteriaException e) {
            throw Fault.badCriteria(criteria, e);
        }
        return criteria;
    }
}
