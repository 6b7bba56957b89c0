package io.tidewatch.docs;

import io.tidewatch.channels.ChannelType;
import java.util.List;

/** The page about the types of notification: what their details may say. */
final class NotificationTypesPage {
    private final List<ChannelType> types;

    /** @param types in the order of the page */
    NotificationTypesPage(List<ChannelType> types) {
        this.types = List.copyOf(types);
    }

    String markdown() {
        StringBuilder page = new StringBuilder("# Types of notification\n\n");
        page.append(Documentation.GENERATED);
        page.append("""

                A field that is not required may be left out. A secret one is stored sealed, with a key of the setting
                `secrets.keys`, and nobody gets to see it again: the API shows a hint in its place, of a URL its scheme and
                host, of a text of 16 characters or more its last four. Whoever changes a notification and sends the hint
                back keeps the secret.
                """);
        types.forEach(type -> page.append(section(type)));
        return page.toString();
    }

    private static String section(ChannelType type) {
        return "\n## " + type.id() + "\n\n"
                + Markdown.prose(type.description()) + "\n\n"
                + FieldsTable.markdown(type.fields());
    }
}
