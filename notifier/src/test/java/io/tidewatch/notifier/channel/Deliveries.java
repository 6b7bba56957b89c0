package io.tidewatch.notifier.channel;

import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.Digest;
import io.tidewatch.schema.DigestCount;
import io.tidewatch.schema.DigestLine;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.ZoneObservation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Deliveries of one incident of one alarm. */
final class Deliveries {
    static final Instant OPENED = Instant.parse("2026-11-30T11:58:00Z");
    static final Instant AT = Instant.parse("2026-11-30T12:00:00Z");
    static final Instant NOW = Instant.parse("2026-11-30T12:00:10Z");

    private static final String SUBJECT = """
            {"entity":{"id":"en1","label":"web1","ip_addresses":{"default":"192.0.2.7"}},
            "check":{"id":"ch1","label":"HTTP","type":"remote.http","target_alias":"default","target_hostname":null},
            "alarm":{"id":"al1","label":"Status","check_id":"ch1"}}""";

    private static final IncidentAcknowledgement ACKNOWLEDGEMENT = IncidentAcknowledgement.newBuilder()
            .setSticky(true)
            .setState(State.CRITICAL)
            .setUntil(AT.plusSeconds(3600))
            .setWho("jo")
            .setNote("restarting it")
            .setAt(AT)
            .build();

    private Deliveries() {}

    static Delivery of(MessageKind kind, State state) {
        return of(kind, state, "web1", "code=500,rt=0.257s");
    }

    static Delivery of(MessageKind kind, State state, String label, String status) {
        return Delivery.newBuilder()
                .setDeliveryId("d-" + kind + "-" + state)
                .setTenantId("ac1")
                .setNotificationId("nt1")
                .setNotificationType("some")
                .setKind(kind)
                .setIncident(3)
                .setState(state)
                .setEvent(event(state, label, status))
                .setOpenedAt(OPENED)
                .setSubject(SUBJECT)
                .setCreatedAt(AT)
                .setAcknowledgement(kind == MessageKind.ACKNOWLEDGED ? ACKNOWLEDGEMENT : null)
                .build();
    }

    /** Of three alarms, of which two have a problem. */
    static Delivery digest(MessageKind kind, @Nullable String conversation) {
        State state = kind == MessageKind.RESOLVED ? State.OK : State.CRITICAL;
        return Delivery.newBuilder()
                .setDeliveryId("d-DIGEST-" + kind)
                .setTenantId("ac1")
                .setNotificationId("nt1")
                .setNotificationType("some")
                .setKind(kind)
                .setIncident(0)
                .setState(state)
                .setOpenedAt(OPENED)
                .setCreatedAt(AT)
                .setConversation(conversation)
                .setDigest(new Digest(
                        60,
                        2,
                        List.of(new DigestCount(kind, state, 60)),
                        List.of(
                                new DigestLine(kind, state, "web1", "HTTP", "Status", "code=500"),
                                new DigestLine(kind, state, "web2", "HTTP", "Status", "code=502")),
                        List.of("mzlon")))
                .build();
    }

    static Delivery withdrawal() {
        Delivery delivery = of(MessageKind.PROBLEM, State.CRITICAL);
        delivery.setKind(null);
        delivery.setEvent(null);
        return delivery;
    }

    private static AlertEvent event(State state, String label, String status) {
        return new AlertEvent(
                "ac1:en1:al1:ch1:" + AT.toEpochMilli() + ":" + state,
                "ac1",
                "en1",
                "ch1",
                "al1",
                AT,
                state,
                state == State.OK ? State.CRITICAL : State.OK,
                status,
                "mzlon",
                List.of(
                        new ZoneObservation("mzdfw", state, status, AT.minusSeconds(12)),
                        new ZoneObservation(null, State.OK, "fine", AT)),
                Map.of(
                        "bytes", new Metric(9_007_199_254_740_993L, "bytes"),
                        "duration", new Metric(0.25, "seconds"),
                        "lost", new Metric(Double.NaN, null),
                        "code", new Metric("500", null),
                        "up", new Metric(true, null)),
                label,
                "HTTP " + label,
                null,
                "np1");
    }
}
