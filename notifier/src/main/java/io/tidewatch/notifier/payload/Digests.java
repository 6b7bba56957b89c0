package io.tidewatch.notifier.payload;

import io.tidewatch.notifier.incident.Severity;
import io.tidewatch.schema.AlertEvent;
import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.Digest;
import io.tidewatch.schema.DigestCount;
import io.tidewatch.schema.DigestLine;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import io.tidewatch.schema.ZoneObservation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes one delivery of many, which are added one after the other, so that not all of them are in memory. */
public final class Digests {
    /** So many alarms are named; all are counted. */
    static final int MOST_LINES = 50;

    private static final int MOST_ZONES = 20;
    private static final int MOST_LABEL_CHARS = 100;
    private static final int MOST_STATUS_CHARS = 200;

    private static final Comparator<DigestLine> WORST_FIRST = Comparator.comparing(
                    DigestLine::getState, Severity.WORST_FIRST)
            .thenComparing(DigestLine::getKind)
            .thenComparing(DigestLine::getEntity)
            .thenComparing(DigestLine::getCheck)
            .thenComparing(DigestLine::getAlarm);

    private final Map<MessageKind, Map<State, Integer>> counts = new TreeMap<>();
    private final Set<String> entities = new HashSet<>();
    private final TreeSet<String> zones = new TreeSet<>();

    /** The least bad of those that are named is the first to be replaced. */
    private final PriorityQueue<DigestLine> lines = new PriorityQueue<>(WORST_FIRST.reversed());

    private @Nullable Delivery first;
    private State worst = State.OK;
    private int alarms;

    /** The id of the digest of these messages: the same for whoever makes it. */
    public static String id(List<String> members) {
        return members.get(0) + "-digest";
    }

    public void add(Delivery member) {
        AlertEvent event = Objects.requireNonNull(member.getEvent());
        if (first == null) {
            first = member;
        }
        alarms++;
        counts.computeIfAbsent(member.getKind(), kind -> new TreeMap<>(Severity.WORST_FIRST))
                .merge(member.getState(), 1, Integer::sum);
        entities.add(event.getEntityId());
        worst = Severity.worse(worst, member.getState());
        if (member.getState() != State.OK) {
            event.getObservations().stream()
                    .filter(seen -> seen.getState() != State.OK && seen.getZoneId() != null)
                    .map(ZoneObservation::getZoneId)
                    .forEach(zones::add);
        }
        lines.add(line(member, event));
        if (lines.size() > MOST_LINES) {
            lines.remove();
        }
    }

    /** @throws NullPointerException when nothing was added */
    public Delivery delivery(String digestId, Instant now) {
        Delivery member = Objects.requireNonNull(first);
        return Delivery.newBuilder()
                .setDeliveryId(digestId)
                .setTenantId(member.getTenantId())
                .setNotificationId(member.getNotificationId())
                .setNotificationType(member.getNotificationType())
                .setKind(kind())
                .setIncident(0)
                .setState(worst)
                .setOpenedAt(member.getOpenedAt())
                .setConversation(member.getConversation())
                .setDigest(new Digest(
                        alarms,
                        entities.size(),
                        counts(),
                        lines.stream().sorted(WORST_FIRST).toList(),
                        zones.stream().limit(MOST_ZONES).toList()))
                .setCreatedAt(now)
                .build();
    }

    /** That of all, or what comes nearest: a digest with a problem in it is no end. */
    private MessageKind kind() {
        if (counts.size() == 1) {
            return counts.keySet().iterator().next();
        }
        Set<MessageKind> ends = Set.of(MessageKind.RESOLVED, MessageKind.RECOVERED);
        return ends.containsAll(counts.keySet()) ? MessageKind.RESOLVED : MessageKind.UPDATE;
    }

    private List<DigestCount> counts() {
        List<DigestCount> all = new ArrayList<>();
        counts.forEach(
                (kind, states) -> states.forEach((state, number) -> all.add(new DigestCount(kind, state, number))));
        all.sort(Comparator.comparing(DigestCount::getState, Severity.WORST_FIRST)
                .thenComparing(DigestCount::getKind));
        return all;
    }

    private static DigestLine line(Delivery member, AlertEvent event) {
        return new DigestLine(
                Objects.requireNonNull(member.getKind()),
                member.getState(),
                label(event.getEntityLabel(), event.getEntityId()),
                label(event.getCheckLabel(), event.getCheckId()),
                label(event.getAlarmLabel(), event.getAlarmId()),
                ShortText.line(event.getStatus(), MOST_STATUS_CHARS));
    }

    private static String label(@Nullable String label, String id) {
        return ShortText.line(label == null || label.isBlank() ? id : label, MOST_LABEL_CHARS);
    }
}
