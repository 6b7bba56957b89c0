package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import java.util.Optional;
import java.util.regex.Pattern;

/** Declares {@code email}. Source of the field's name: the notification types of Rackspace Cloud Monitoring. */
public final class Email {
    /** What would make several addresses of one, or a header of the mail. */
    private static final String PLAIN = "[^@\\p{C}\\p{Z},;:<>()\\[\\]\"\\\\]";

    /** What a mail server makes of the rest is its own affair. */
    private static final Pattern ONE_ADDRESS = Pattern.compile(PLAIN + "+@" + PLAIN + "+");

    public static final Field<String> ADDRESS = Field.required(
            "address", Form.text(255, Email::objectionToAddress), "The mail address that is written to: one alone.");

    public static final ChannelType TYPE = ChannelType.of("email", "E-mail", "Sends a mail to one address.", ADDRESS);

    private Email() {}

    private static Optional<String> objectionToAddress(String text) {
        return ONE_ADDRESS.matcher(text).matches()
                ? Optional.empty()
                : Optional.of("has to be one mail address, such as someone@example.org");
    }
}
