package io.tidewatch.gateway.incident;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.http.QueryParameters;
import io.tidewatch.schema.CommandKind;
import io.tidewatch.schema.Incident;
import io.tidewatch.schema.IncidentCommand;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A command about an incident, from what a request says. */
final class CommandFields {
    private static final String UNTIL = "until";
    private static final Set<String> OF_ACKNOWLEDGE = Set.of("sticky", UNTIL, "who", "note");
    private static final Set<String> OF_UNACKNOWLEDGE = Set.of("who", "note");
    private static final int MAX_WHO_CHARS = 255;
    private static final int MAX_NOTE_CHARS = 1000;

    private CommandFields() {}

    /**
     * Who and why may be said in the URL, too, as {@code _who} and {@code _why}, where the body leaves them out.
     *
     * @throws Fault naming the field that is unknown or unfit
     */
    static IncidentCommand read(
            CommandKind kind, Incident incident, ObjectNode body, QueryParameters query, Instant now) {
        JsonFields fields = new JsonFields(
                body,
                "",
                switch (kind) {
                    case ACKNOWLEDGE -> OF_ACKNOWLEDGE;
                    case UNACKNOWLEDGE -> OF_UNACKNOWLEDGE;
                });
        Optional<Instant> until = fields.time(UNTIL);
        if (until.filter(time -> !time.isAfter(now)).isPresent()) {
            throw fields.bad(UNTIL, "has to be later than now, which is " + now.toEpochMilli());
        }
        return IncidentCommand.newBuilder()
                .setTenantId(incident.getTenantId())
                .setEntityId(incident.getEntityId())
                .setAlarmId(incident.getAlarmId())
                .setCommandId(UUID.randomUUID().toString())
                .setKind(kind)
                .setIncident(incident.getNumber())
                .setSticky(fields.flag("sticky").orElse(false))
                .setUntil(until.orElse(null))
                .setWho(text(fields, "who", query, "_who", MAX_WHO_CHARS))
                .setNote(text(fields, "note", query, "_why", MAX_NOTE_CHARS))
                .setAt(now)
                .build();
    }

    private static String text(JsonFields fields, String field, QueryParameters query, String parameter, int most) {
        return fields.text(field, 0, most)
                .or(() -> query.one(parameter).map(given -> requireShort(parameter, given, most)))
                .orElse("");
    }

    private static String requireShort(String parameter, String given, int most) {
        if (given.codePointCount(0, given.length()) > most) {
            throw Fault.badField(parameter, "has to be at most " + most + " characters");
        }
        return given;
    }
}
