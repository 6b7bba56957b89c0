package io.tidewatch.notifier.payload;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.ZoneObservation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** One notice of each kind and state, to try what a user wrote on. */
public final class SampleNotices {
    private static final Instant OPENED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant AT = OPENED.plusSeconds(90);

    private static final String SUBJECT = """
            {"entity":{"id":"enSample","label":"web1","ip_addresses":{"default":"192.0.2.1"},"metadata":{},"managed":false,
            "uri":null,"agent_id":null,"created_at":1767225600000,"updated_at":1767225600000},
            "check":{"id":"chSample","label":"HTTP","type":"remote.http","details":{"url":"https://web1.example/"},
            "monitoring_zones_poll":["mzSample"],"timeout":30,"period":60,"target_alias":"default","target_hostname":null,
            "target_resolver":null,"disabled":false,"metadata":{},"created_at":1767225600000,"updated_at":1767225600000},
            "alarm":{"id":"alSample","label":"Status","check_id":"chSample","entity_id":"enSample","criteria":null,
            "disabled":false,"notification_plan_id":"npSample","metadata":{},"created_at":1767225600000,
            "updated_at":1767225600000}}""";

    /** Of things that were deleted meanwhile. */
    private static final String NO_SUBJECT = "{\"entity\":null,\"check\":null,\"alarm\":null}";

    private static final IncidentAcknowledgement ACKNOWLEDGEMENT = IncidentAcknowledgement.newBuilder()
            .setSticky(true)
            .setState(State.CRITICAL)
            .setUntil(AT.plusSeconds(3600))
            .setWho("jo")
            .setNote("restarting it")
            .setAt(AT)
            .build();

    private SampleNotices() {}

    public static List<Notice> all() {
        return Stream.of(
                        delivery(MessageKind.PROBLEM, State.CRITICAL, State.OK, SUBJECT),
                        delivery(MessageKind.UPDATE, State.WARNING, State.CRITICAL, SUBJECT),
                        delivery(MessageKind.REMINDER, State.UNKNOWN, State.WARNING, SUBJECT),
                        delivery(MessageKind.ACKNOWLEDGED, State.CRITICAL, State.OK, SUBJECT),
                        delivery(MessageKind.RESOLVED, State.OK, State.CRITICAL, SUBJECT),
                        delivery(MessageKind.RECOVERED, State.OK, State.WARNING, NO_SUBJECT),
                        delivery(MessageKind.TEST, State.WARNING, State.OK, SUBJECT))
                .map(Notice::of)
                .toList();
    }

    private static Delivery delivery(MessageKind kind, State state, State before, String subject) {
        return Delivery.newBuilder()
                .setDeliveryId("0123456789abcdef0123456789abcdef")
                .setTenantId("acSample")
                .setNotificationId("ntSample")
                .setNotificationType("custom")
                .setKind(kind)
                .setIncident(7)
                .setState(state)
                .setEvent(event(state, before))
                .setOpenedAt(OPENED)
                .setSubject(subject)
                .setCreatedAt(AT)
                .setAcknowledgement(kind == MessageKind.ACKNOWLEDGED ? ACKNOWLEDGEMENT : null)
                .build();
    }

    private static AlertEvent event(State state, State before) {
        boolean silent = state == State.UNKNOWN;
        return new AlertEvent(
                "acSample:enSample:alSample:chSample:" + AT.toEpochMilli() + ":" + state,
                "acSample",
                "enSample",
                "chSample",
                "alSample",
                AT,
                state,
                before,
                silent ? "no data since 2026-01-01T00:00:00Z" : "status code is 500",
                silent ? null : "mzSample",
                List.of(new ZoneObservation("mzSample", state, "status code is 500", AT)),
                silent
                        ? Map.of()
                        : Map.of(
                                "code", new Metric(500L, null),
                                "duration", new Metric(1.5, "seconds"),
                                "body_match", new Metric("", null)),
                "web1",
                "HTTP",
                "Status",
                "npSample");
    }
}
