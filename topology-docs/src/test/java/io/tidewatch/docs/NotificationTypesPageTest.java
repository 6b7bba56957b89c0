package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.channels.ChannelTypes;
import org.junit.jupiter.api.Test;

final class NotificationTypesPageTest {
    private final String page = new NotificationTypesPage(ChannelTypes.ALL.list()).markdown();

    @Test
    void listsEveryTypeOfTheCatalogue() {
        assertThat(ChannelTypes.ALL.list())
                .isNotEmpty()
                .allSatisfy(type -> assertThat(page).contains("\n## " + type.id() + "\n"));
    }

    @Test
    void tellsWhichFieldsAreSecret() {
        assertThat(page)
                .containsPattern("\\| `service_key` \\| text \\| none: required \\| .*32.* Secret\\. \\|")
                .containsPattern("\\| `service_endpoint` \\| url \\|  \\| .* address\\. \\|");
    }
}
