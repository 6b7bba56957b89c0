package io.tidewatch.channels;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.tidewatch.checks.field.Field;
import io.tidewatch.checks.field.Form;
import io.tidewatch.checks.field.HttpUrl;
import java.io.IOException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Declares {@code custom}: a request that its owner writes, for receivers that no other type knows. */
public final class Custom {
    private static final int MAX_HEADERS = 10;
    private static final int MAX_HEADER_CHARS = 1024;
    private static final int MAX_BODY_CHARS = 16_384;
    private static final int MAX_BODY_DEPTH = 16;

    /** Headers that the notifier's own connection decides. */
    private static final Set<String> RESERVED_HEADERS =
            Set.of("connection", "content-length", "host", "transfer-encoding");

    /** What the headers begin with that say which message it is. Source: the Standard Webhooks specification. */
    private static final String RESERVED_PREFIX = "webhook-";

    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_BODY_DEPTH)
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    public static final Field<HttpUrl> URL =
            Field.required("url", Form.httpUrl(), "Where the request goes.").secret();

    public static final Field<String> METHOD =
            Field.withDefault("method", Form.oneOf("POST", "PUT"), "POST", "The request's method.");

    public static final Field<Optional<Map<String, String>>> HEADERS = Field.optional(
                    "headers",
                    Form.headers(MAX_HEADERS, MAX_HEADER_CHARS, Custom::objectionToHeader),
                    "Headers to send.")
            .secret();

    public static final Field<String> BODY = Field.required(
            "body",
            Form.text(MAX_BODY_CHARS, Custom::objectionToBody),
            "The request's body, as a text that is JSON, nested at most " + MAX_BODY_DEPTH
                    + " deep. Each text in it is a mustache template over what a webhook is sent.");

    public static final ChannelType TYPE = ChannelType.overHttp(
            "custom", "Custom request", "Sends a request whose body its owner writes.", URL, METHOD, HEADERS, BODY);

    private Custom() {}

    private static Optional<String> objectionToHeader(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return RESERVED_HEADERS.contains(lower) || lower.startsWith(RESERVED_PREFIX)
                ? Optional.of("is set by the notifier itself, as are "
                        + String.join(", ", new TreeSet<>(RESERVED_HEADERS)) + " and all that begin with "
                        + RESERVED_PREFIX)
                : Optional.empty();
    }

    private static Optional<String> objectionToBody(String text) {
        try (JsonParser parser = JSON.createParser(text)) {
            boolean isSomething = parser.nextToken() != null;
            parser.skipChildren();
            return isSomething && parser.nextToken() == null ? Optional.empty() : objection();
        } catch (IOException e) {
            return objection();
        }
    }

    private static Optional<String> objection() {
        return Optional.of("has to be one JSON value, nested at most " + MAX_BODY_DEPTH + " deep");
    }
}
