package io.tidewatch.system.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.tidewatch.settings.KafkaSettings;
import io.tidewatch.system.drills.GroupOffsets;
import io.tidewatch.system.drills.TopicContents;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.core.ConditionTimeoutException;

/**
 * That no record has vanished: each that was on {@code check-results} is a row, or a dead letter, or was counted as dropped
 * because another application reports it.
 */
final class Accounting {
    private static final Duration CAUGHT_UP_WITHIN = Duration.ofMinutes(5);
    private static final List<String> APPLICATIONS = List.of("alarms", "rollups", "sink");

    /** Where a record itself is refused. At later stages it is one of a record's alarms or rows, and there may be several. */
    private static final Set<String> INTAKE = Set.of("decode", "validate-result");

    private static final int EXAMPLES = 3;

    private final KafkaSettings kafka;
    private final Parts parts;
    private final String topic;
    private final List<String> lines = new ArrayList<>();
    private final List<String> objections = new ArrayList<>();

    Accounting(KafkaSettings kafka, Parts parts) {
        this.kafka = kafka;
        this.parts = parts;
        this.topic = kafka.topics().of(Topic.CHECK_RESULTS);
    }

    /**
     * Waits until every application has read everything, and counts.
     *
     * @param dead see {@link RecordSender#dead}
     */
    void settle(Map<String, String> dead) {
        long records = records();
        awaitSum(records);
        Letters letters = new Letters();
        new TopicContents(kafka).forEachCommitted(Topic.DEAD_LETTERS, letters::add);
        Map<String, Long> places = letters.byPlace;
        Set<String> found = places.keySet().stream()
                .map(place -> place.substring(0, place.lastIndexOf('@')))
                .collect(Collectors.toSet());
        List<String> missing = dead.entrySet().stream()
                .filter(entry -> !found.contains(entry.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        long twice = places.values().stream().filter(count -> count > 1).count();
        lines.add("records on check-results    " + records);
        lines.add("  rows of results           " + written());
        lines.add("  dropped, counted          " + dropped());
        lines.add("  refused by Cassandra      " + rejected());
        lines.add("dead letters                " + letters.count + ", awaited " + dead.size() + ", missing "
                + missing.size() + ", twice " + twice);
        missing.stream().limit(EXAMPLES).forEach(one -> objections.add("no dead letter of " + one));
        if (written() + dropped() + rejected() != records) {
            objections.add("of " + records + " records " + (written() + dropped() + rejected())
                    + " were written, dropped and counted, or refused");
        }
        if (twice > 0) {
            objections.add(twice + " records have more than one dead letter of an application");
        }
    }

    List<String> lines() {
        return lines;
    }

    List<String> objections() {
        return objections;
    }

    private void awaitSum(long records) {
        try {
            await().atMost(CAUGHT_UP_WITHIN)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> written() + dropped() + rejected() >= records && lag() == 0);
        } catch (ConditionTimeoutException e) {
            objections.add("after " + CAUGHT_UP_WITHIN + " " + lag() + " records wait for an application");
        }
    }

    private long written() {
        return (long) parts.sum("tidewatch_sink_rows_written_total", "table=\"results\"");
    }

    /** By the sink: what alarms report. */
    private long dropped() {
        return (long) parts.sum("tidewatch_records_dropped_total", "sink", "topic=\"" + topic + "\"");
    }

    private long rejected() {
        return (long) parts.sum("tidewatch_dead_letters_total", "sink", "topic=\"" + topic + "\"");
    }

    private long records() {
        try (Admin admin = Admin.create(kafka.client())) {
            return new GroupOffsets(kafka, admin, APPLICATIONS.get(0))
                    .ends(List.of(Topic.CHECK_RESULTS)).values().stream()
                            .mapToLong(Long::longValue)
                            .sum();
        }
    }

    /** Of all applications together. */
    private long lag() {
        try (Admin admin = Admin.create(kafka.client())) {
            return APPLICATIONS.stream()
                    .flatMap(name ->
                            new GroupOffsets(kafka, admin, name).lags(List.of(Topic.CHECK_RESULTS)).values().stream())
                    .mapToLong(Long::longValue)
                    .sum();
        }
    }

    /** Where the dead letters come from that say so of a record as a whole. Their values are not kept: they are gigabytes. */
    private final class Letters {
        private final Map<String, Long> byPlace = new HashMap<>();
        private long count;

        void add(ConsumerRecord<byte[], byte[]> letter) {
            count++;
            if (topic.equals(header(letter, "topic")) && INTAKE.contains(header(letter, "stage"))) {
                String place = header(letter, "partition") + "@" + header(letter, "offset") + "@"
                        + header(letter, "application");
                byPlace.merge(place, 1L, Long::sum);
            }
        }
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        var header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }
}
