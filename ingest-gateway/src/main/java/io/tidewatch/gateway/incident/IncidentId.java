package io.tidewatch.gateway.incident;

import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.Incident;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the API names an incident by: {@code entity:alarm:number}, where alarms count their incidents from 1. */
record IncidentId(String entityId, String alarmId, long number) {
    private static final Pattern FORM = Pattern.compile("([^:]+):(.+):([1-9][0-9]{0,17})");

    static IncidentId of(Incident incident) {
        return new IncidentId(incident.getEntityId(), incident.getAlarmId(), incident.getNumber());
    }

    /** Empty for what is the id of no incident. */
    static Optional<IncidentId> parse(String text) {
        Matcher id = FORM.matcher(text);
        return id.matches()
                ? Optional.of(new IncidentId(id.group(1), id.group(2), Long.parseLong(id.group(3))))
                : Optional.empty();
    }

    /** Where the alarm's newest incident is. */
    ResourcePath path(String tenantId) {
        return ResourcePath.of(tenantId, entityId, alarmId);
    }

    @Override
    public String toString() {
        return entityId + ":" + alarmId + ":" + number;
    }
}
