package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.topics.Topic;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class TopicsPageTest {
    private final String page = new TopicsPage().markdown();

    @Test
    void listsEveryTopicOfTheCatalogue() {
        for (Topic topic : Topic.values()) {
            assertThat(page).contains("\n| `" + topic.baseName() + "` | ");
        }
        assertThat(page)
                .contains(
                        "| `check-results` | tenant/entity/check | [CheckResult](#checkresult) | 2 days | by the check |",
                        "| [Suppression](#suppression) | compacted: the newest of each key, for ever | by the tenant |");
    }

    @Test
    void describesEveryFieldOfEveryTopicsValue() {
        for (Topic topic : Topic.values()) {
            topic.valueSchema().ifPresent(this::assertThatItsFieldsAreDescribed);
        }
    }

    @Test
    void spellsOutUnionsCollectionsAndLogicalTypes() {
        assertThat(page)
                .contains("| `value` | long, double, string or boolean |  |")
                .contains("| `received_at` | null or long (timestamp-millis) | `null` |")
                .contains("| `zones` | array of [ZoneState](#zonestate) |  |")
                .contains("| `metadata` | map of string | `{}` |");
    }

    @Test
    void givesEnumsASectionOfTheirOwn() {
        assertThat(page).contains("\n### State\n").contains("\nOne of `OK`, `WARNING`, `CRITICAL`, `UNKNOWN`.\n");
    }

    private void assertThatItsFieldsAreDescribed(Schema schema) {
        assertThat(page).contains("\n### " + schema.getName() + "\n");
        schema.getFields()
                .forEach(field -> assertThat(page)
                        .contains("| `" + field.name() + "` | ")
                        .contains(Markdown.prose(field.doc()) + " |\n"));
    }
}
