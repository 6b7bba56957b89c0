package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.declaration.DeclaredMetric;
import io.tidewatch.checks.declaration.Unit;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CheckTypesPageTest {
    private static final CheckType DOOR = CheckType.named("remote.door", "Door", "Knocks, and waits for <an> answer.")
            .withFields(
                    Field.required("side", Form.oneOf("front", "back"), "Which door."),
                    Field.withDefault("knocks", Form.integer(1, 9), 3, "How often it knocks."),
                    Field.optional("word", Form.text(20), "What it says.").secret())
            .withMetrics(DeclaredMetric.decimal("waited", Unit.MILLISECONDS), DeclaredMetric.text("answer"))
            .withConsecutiveCount(2);

    @Test
    void tellsOfEachFieldWhatCanBeSetAndHow() {
        assertThat(page(DOOR))
                .contains("""

                        ## remote.door

                        Knocks, and waits for \\<an> answer.
                        An alarm that does not say otherwise wants 2 observations in a row.

                        ### Details of remote.door

                        | field | kind | default | accepted | meaning |
                        | --- | --- | --- | --- | --- |
                        """)
                .containsPattern("\\| `side` \\| text \\| none: required \\| .*front.* \\| Which door\\. \\|")
                .containsPattern("\\| `knocks` \\| integer \\| `3` \\| .*1.*9.* \\| How often it knocks\\. \\|")
                .containsPattern("\\| `word` \\| text \\|  \\| .*20.* \\| What it says\\. Secret\\. \\|");
    }

    @Test
    void tellsOfEachMetricItsTypeAndUnit() {
        assertThat(page(DOOR)).endsWith("""

                        ### Metrics of remote.door

                        | metric | type | unit |
                        | --- | --- | --- |
                        | `waited` | decimal | milliseconds |
                        | `answer` | text |  |
                        """);
    }

    @Test
    void saysWhereNothingIsDeclared() {
        assertThat(page(CheckType.named("agent.lamp", "Lamp", "Is it on?"))).endsWith("""

                        ### Details of agent.lamp

                        None.

                        ### Metrics of agent.lamp

                        They depend on what the agent reports.
                        """);
    }

    @Test
    void listsEveryTypeOfTheCatalogue() {
        String page = new CheckTypesPage(CheckTypes.ALL.list()).markdown();

        assertThat(CheckTypes.ALL.list())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(page).contains("\n## " + type.id() + "\n"));
    }

    private static String page(CheckType type) {
        return new CheckTypesPage(List.of(type)).markdown();
    }
}
