package io.tidewatch.notifier.payload;

import io.tidewatch.schema.Delivery;
import io.tidewatch.schema.Digest;
import io.tidewatch.schema.DigestCount;
import io.tidewatch.schema.DigestLine;
import io.tidewatch.schema.MessageKind;
import io.tidewatch.schema.State;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** A delivery that tells of many alarms at once. */
public record DigestNotice(Delivery delivery, MessageKind kind, Digest digest) implements News {
    /** @throws IllegalArgumentException for a delivery that is no digest */
    static DigestNotice of(Delivery delivery) {
        if (delivery.getKind() == null || delivery.getDigest() == null) {
            throw new IllegalArgumentException("No digest: " + delivery.getDeliveryId());
        }
        return new DigestNotice(delivery, delivery.getKind(), delivery.getDigest());
    }

    @Override
    public State state() {
        return delivery.getState();
    }

    /** {@code 120 alarms on 40 entities: 100 CRITICAL, 20 OK}. */
    @Override
    public String headline() {
        Map<String, Integer> byStanding = new LinkedHashMap<>();
        for (DigestCount count : digest.getCounts()) {
            byStanding.merge(standing(count.getKind(), count.getState()), count.getAlarms(), Integer::sum);
        }
        return digest.getAlarms() + " alarms on " + digest.getEntities()
                + (digest.getEntities() == 1 ? " entity: " : " entities: ")
                + byStanding.entrySet().stream()
                        .map(count -> count.getValue() + " " + count.getKey())
                        .collect(Collectors.joining(", "));
    }

    @Override
    public String summary() {
        return headline() + "; "
                + digest.getLines().stream()
                        .map(DigestLine::getEntity)
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    /**
     * What people read below the headline.
     *
     * @param mostAlarms that are named; the others are counted
     */
    public List<String> lines(int mostAlarms, int mostChars) {
        List<String> lines = new ArrayList<>();
        digest.getLines().stream()
                .limit(mostAlarms)
                .map(line -> standing(line.getKind(), line.getState()) + ": " + line.getCheck() + " on "
                        + line.getEntity() + " (" + line.getAlarm() + "): " + line.getStatus())
                .forEach(lines::add);
        int others = digest.getAlarms() - lines.size();
        if (others > 0) {
            lines.add("… " + others + " more");
        }
        if (!digest.getZones().isEmpty()) {
            lines.add("Seen from: " + String.join(", ", digest.getZones()));
        }
        return lines.stream().map(line -> ShortText.line(line, mostChars)).toList();
    }

    @Override
    public Instant at() {
        return delivery.getCreatedAt();
    }

    /** That of the digest that the receiver was told of the problem by. */
    @Override
    public String incidentKey(int most) {
        return IncidentKey.of(
                delivery.getTenantId() + "/"
                        + Objects.requireNonNullElse(delivery.getConversation(), delivery.getDeliveryId()),
                most);
    }

    private static String standing(MessageKind kind, State state) {
        return switch (kind) {
            case PROBLEM, UPDATE, RESOLVED, RECOVERED, TEST -> state.name();
            case REMINDER -> "still " + state;
            case ACKNOWLEDGED -> state + ", acknowledged";
        };
    }
}
