package io.tidewatch.docs;

import io.tidewatch.results.ResultBounds;
import io.tidewatch.serde.BoundedSerializer;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The page about what is on the wire: every topic of the catalogue, and every schema that their values are made of. */
final class TopicsPage {
    String markdown() {
        StringBuilder page = new StringBuilder("# Topics and schemas\n\n");
        page.append(Documentation.GENERATED);
        page.append("""

                ## Topics

                Names are preceded by the setting `topic.prefix`, `%s` unless it is changed. Keys are UTF-8 text.
                Values are Avro in the registry's wire format: a zero byte, the schema's id in four bytes, big-endian, and
                Avro's binary form. The schema of a topic's values has the subject `<topic>-value`, the topic's name with
                its prefix.

                """.formatted(TopicNames.DEFAULT_PREFIX));
        page.append(Markdown.table(
                List.of("topic", "key", "value", "kept", "partitions"),
                List.of(Topic.values()).stream().map(TopicsPage::row).toList()));
        page.append(
                """

                A topic is created with %d partitions unless told otherwise. Those partitioned by the check are read
                together, so that they need the same number of partitions, and a record goes into the partition that
                Kafka's default partitioner (murmur2) gives for the text `tenant/entity/check`, whatever its own key is.
                The same holds for those partitioned by the tenant, with the text `tenant`.

                Nothing that streams publish has a value of more than %d bytes with its headers. `dead-letters` takes %d
                (`max.message.bytes`): a source's whole record, and why it is there. A value that is longer still is cut, and
                a header `length` says how long it was. `./tidewatch topics --apply` raises the limit of a topic that exists.
                """.formatted(Topic.DEFAULT_PARTITIONS, BoundedSerializer.MAX_BYTES, Topic.LARGEST_DEAD_LETTER_BYTES));
        page.append(resultBounds());
        SchemaTables schemas = new SchemaTables();
        for (Topic topic : Topic.values()) {
            topic.valueSchema().ifPresent(schemas::add);
        }
        page.append("\n## Schemas\n");
        page.append(schemas.markdown());
        return page.toString();
    }

    private static String resultBounds() {
        return """

                ## What a check result may be

                The gateway refuses a result beyond these bounds with a sentence that says which. On `check-results`, where
                producers may write themselves, it is put aside to `dead-letters` with the same sentence. Characters are
                UTF-16 units, of at most three bytes in UTF-8.

                """
                + Markdown.table(
                        List.of("what", "at most"),
                        List.of(
                                List.of("`tenant_id`", ResultBounds.MAX_TENANT_CHARS + " characters"),
                                List.of(
                                        "`entity_id`, `check_id`, `zone_id`, `collector_id`, `result_id`, `check_type`",
                                        ResultBounds.MAX_ID_CHARS + " characters each"),
                                List.of("`status`", ResultBounds.MAX_STATUS_CHARS + " characters"),
                                List.of("`metrics`", Integer.toString(ResultBounds.MAX_METRICS)),
                                List.of(
                                        "a metric's name",
                                        "1 to " + ResultBounds.MAX_METRIC_NAME_CHARS + " characters"),
                                List.of("a metric's text", ResultBounds.MAX_TEXT_CHARS + " characters"),
                                List.of("a metric's unit", ResultBounds.MAX_UNIT_CHARS + " characters"),
                                List.of("the whole result, as Avro", ResultBounds.MAX_BYTES + " bytes")));
    }

    private static List<String> row(Topic topic) {
        List<String> cells = new ArrayList<>();
        cells.add(Markdown.code(topic.baseName()));
        cells.add(Markdown.prose(topic.key()));
        cells.add(topic.valueSchema().map(SchemaTables::link).orElse("the source's bytes"));
        cells.add(topic.retention().map(TopicsPage::days).orElse("compacted: the newest of each key, for ever"));
        cells.add(partitions(topic));
        return cells;
    }

    private static String partitions(Topic topic) {
        if (Topic.PARTITIONED_BY_CHECK.contains(topic)) {
            return "by the check";
        }
        return Topic.PARTITIONED_BY_TENANT.contains(topic) ? "by the tenant" : "";
    }

    private static String days(Duration retention) {
        return retention.toDays() + " days";
    }
}
