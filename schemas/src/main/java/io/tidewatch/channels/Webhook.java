package io.tidewatch.channels;

import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;
import java.util.Base64;
import java.util.Optional;

/**
 * Declares {@code webhook}. Source: the notification types of Rackspace Cloud Monitoring for the url and the token's header; the
 * Standard Webhooks specification for the secret that signs.
 */
public final class Webhook {
    private static final String SIGNING_PREFIX = "whsec_";
    private static final int MIN_SIGNING_BYTES = 24;
    private static final int MAX_SIGNING_BYTES = 64;
    private static final int MAX_SIGNING_CHARS = 128;

    public static final Field<HttpUrl> URL = Field.required(
                    "url", Form.httpUrl(), "Where the news is posted to, as JSON.")
            .secret();

    public static final Field<Optional<String>> TOKEN = Field.optional(
                    "token",
                    Form.text(64, Texts::objectionToControls),
                    "What is sent as the header `x-rackspace-webhook-token`, by which the receiver knows its sender.")
            .secret();

    public static final Field<Optional<String>> SIGNING_SECRET = Field.optional(
                    "signing_secret",
                    Form.text(MAX_SIGNING_CHARS, Webhook::objectionToSigningSecret),
                    "What the requests are signed with as Standard Webhooks has it: `whsec_` and 24 to 64 bytes in base64.")
            .secret();

    public static final ChannelType TYPE = ChannelType.overHttp(
            "webhook",
            "Webhook",
            "Posts JSON to a URL, as Rackspace Cloud Monitoring did.",
            URL,
            TOKEN,
            SIGNING_SECRET);

    private Webhook() {}

    private static Optional<String> objectionToSigningSecret(String text) {
        return text.startsWith(SIGNING_PREFIX) && isKey(text.substring(SIGNING_PREFIX.length()))
                ? Optional.empty()
                : Optional.of("has to be " + SIGNING_PREFIX + " and " + MIN_SIGNING_BYTES + " to " + MAX_SIGNING_BYTES
                        + " bytes in base64");
    }

    private static boolean isKey(String base64) {
        try {
            int bytes = Base64.getDecoder().decode(base64).length;
            return bytes >= MIN_SIGNING_BYTES && bytes <= MAX_SIGNING_BYTES;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
