package io.tidewatch.gateway.incident;

import io.tidewatch.gateway.configuration.ConfigurationKind;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Incident;
import io.tidewatch.serde.GeneratedRecords;
import io.tidewatch.topics.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Incidents, of each alarm the newest. The notifier writes them, and the gateway only shows them. */
public final class IncidentKind implements ConfigurationKind<Incident> {
    public IncidentKind() {
        // Incidents are copied here.
        GeneratedRecords.trust();
    }

    @Override
    public Topic topic() {
        return Topic.INCIDENTS;
    }

    @Override
    public Class<Incident> recordClass() {
        return Incident.class;
    }

    @Override
    public ResourcePath path(Incident incident) {
        return ResourcePath.of(incident.getTenantId(), incident.getEntityId(), incident.getAlarmId());
    }

    /** Without observations and metrics, which take the most memory; nothing of an alarm that never had a problem. */
    @Override
    public Optional<Incident> kept(Incident incident) {
        return incident.getNumber() == 0
                ? Optional.empty()
                : Optional.of(Incident.newBuilder(incident)
                        .setEvent(AlertEvent.newBuilder(incident.getEvent())
                                .setObservations(List.of())
                                .setMetrics(Map.of())
                                .build())
                        .build());
    }
}
