package io.tidewatch.notifier.channel;

import io.tidewatch.notifier.payload.DigestNotice;
import io.tidewatch.notifier.payload.News;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.notifier.payload.ShortText;
import io.tidewatch.schema.IncidentAcknowledgement;
import io.tidewatch.schema.ZoneObservation;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What people read below the headline, in lines. Ages are those at the time when the message was decided, so that each attempt
 * says the same.
 */
final class NoticeLines {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private NoticeLines() {}

    /**
     * @param mostZones lines for zones, or for alarms when there are many; others are counted
     * @param mostChars of a line
     */
    static List<String> of(News news, AlarmLinks links, int mostZones, int mostChars) {
        return news instanceof Notice notice
                ? ofNotice(notice, links, mostZones, mostChars)
                : ((DigestNotice) news).lines(mostZones, mostChars);
    }

    private static List<String> ofNotice(Notice notice, AlarmLinks links, int mostZones, int mostChars) {
        List<String> lines = new ArrayList<>(List.of(
                "Entity: " + labelled(notice.entityLabel(), notice.event().getEntityId()),
                "Check: " + notice.checkLabel() + " (" + type(notice) + ")",
                "Alarm: " + labelled(notice.alarmLabel(), notice.event().getAlarmId()),
                "State: " + state(notice),
                "Status: " + notice.event().getStatus(),
                "Date: " + UTC.format(notice.event().getTimestamp()),
                "Incident: " + notice.delivery().getIncident() + ", since "
                        + UTC.format(notice.delivery().getOpenedAt())));
        acknowledgement(notice).ifPresent(lines::add);
        links.to(notice).ifPresent(link -> lines.add("Alarm in the API: " + link));
        return Stream.concat(lines.stream(), zones(notice, mostZones))
                .map(line -> ShortText.line(line, mostChars))
                .toList();
    }

    private static String type(Notice notice) {
        return notice.checkType().isEmpty() ? notice.event().getCheckId() : notice.checkType();
    }

    private static String labelled(String label, String id) {
        return label.equals(id) ? id : label + " (" + id + ")";
    }

    private static String state(Notice notice) {
        String state = notice.state() + ", before " + notice.event().getPreviousState();
        return switch (notice.kind()) {
            case PROBLEM, UPDATE, RESOLVED, RECOVERED -> state;
            case REMINDER -> state + "; the problem is still there";
            case ACKNOWLEDGED -> state + "; somebody takes care of it";
            case TEST -> state + "; this is a test, and nothing has happened";
        };
    }

    private static Optional<String> acknowledgement(Notice notice) {
        IncidentAcknowledgement acknowledgement = notice.delivery().getAcknowledgement();
        if (acknowledgement == null) {
            return Optional.empty();
        }
        String until = acknowledgement.getUntil() == null ? "" : ", until " + UTC.format(acknowledgement.getUntil());
        return Optional.of("Acknowledged"
                + notice.acknowledgedBy().map(who -> " by " + who).orElse("")
                + until
                + notice.acknowledgementNote().map(note -> ": " + note).orElse(""));
    }

    private static Stream<String> zones(Notice notice, int most) {
        List<ZoneObservation> zones = notice.event().getObservations();
        Instant decided = notice.delivery().getCreatedAt();
        Stream<String> first = zones.stream().limit(most).map(zone -> zone(zone, decided));
        return zones.size() > most
                ? Stream.concat(first, Stream.of("… " + (zones.size() - most) + " more zones"))
                : first;
    }

    private static String zone(ZoneObservation zone, Instant decided) {
        long age = Math.max(0, Duration.between(zone.getTimestamp(), decided).toSeconds());
        return zone.getState() + " - " + zone.getStatus() + ", "
                + (zone.getZoneId() == null ? "agent" : zone.getZoneId()) + ", " + age + " sec ago";
    }
}
