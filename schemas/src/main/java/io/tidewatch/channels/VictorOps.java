package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import java.util.Optional;
import java.util.regex.Pattern;

/** Declares {@code victorops}. Source of names and limits: the notification types of Rackspace Cloud Monitoring. */
public final class VictorOps {
    /** Source: RFC 9562 section 5.4: the version is 4, the variant 8, 9, a or b. */
    private static final Pattern UUID_V4 =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}");

    private static final Pattern ROUTING_CHARACTERS = Pattern.compile("[-.\\w]+");

    public static final Field<String> API_KEY = Field.required(
                    "api_key",
                    Form.text(36, VictorOps::objectionToApiKey),
                    "The key of the REST integration in VictorOps: a UUID of version 4.")
            .secret();

    public static final Field<Optional<String>> ROUTING_KEY = Field.optional(
            "routing_key",
            Form.text(255, VictorOps::objectionToRoutingKey),
            "Which team is told: letters, digits, '.', '_' and '-'.");

    public static final ChannelType TYPE = ChannelType.overHttp(
            "victorops",
            "VictorOps",
            "Opens, and resolves, incidents in VictorOps, which is Splunk On-Call today.",
            API_KEY,
            ROUTING_KEY);

    private VictorOps() {}

    private static Optional<String> objectionToApiKey(String text) {
        return UUID_V4.matcher(text).matches() ? Optional.empty() : Optional.of("has to be a UUID of version 4");
    }

    private static Optional<String> objectionToRoutingKey(String text) {
        return ROUTING_CHARACTERS.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("has to be letters, digits, '.', '_' and '-'");
    }
}
