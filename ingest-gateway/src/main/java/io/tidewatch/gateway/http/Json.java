package io.tidewatch.gateway.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** JSON as the API takes and gives it. */
public final class Json {
    /** Deeper than any body of ours; a nested bomb ends here. */
    private static final int MAX_DEPTH = 16;

    /**
     * Making a number of its digits takes time that grows with their square: 100 000 of them took seconds.
     *
     * <p>Source: the longest double without an exponent has 309 digits, and room for a fraction.
     */
    public static final int MAX_NUMBER_CHARS = 350;

    /** Four times the longest text that a field takes, which is criteria of 16 384 characters. */
    private static final int MAX_TEXT_CHARS = 65_536;

    /** Twice the longest name of a member, 255 characters of which each may be a pair of surrogates. */
    private static final int MAX_NAME_CHARS = 1_020;

    /** As many names and values as a body full of the shortest metrics, {@code "a":1}, has. */
    private static final int MAX_TOKENS = 400_000;

    public static final JsonMapper MAPPER = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(MAX_NUMBER_CHARS)
                            .maxStringLength(MAX_TEXT_CHARS)
                            .maxNameLength(MAX_NAME_CHARS)
                            .maxTokenCount(MAX_TOKENS)
                            .maxDocumentLength(4L * Requests.MAX_BODY_BYTES)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .build();

    private static final String NOTHING = "null";

    private Json() {}

    /**
     * @throws Fault when the bytes are no JSON, or beyond a limit, naming the place; or when a text in them is none
     */
    public static JsonNode parse(byte[] body) {
        try (JsonParser parser = MAPPER.createParser(body)) {
            JsonNode node = parse(parser);
            Surrogates.requireNone(node);
            return node;
        } catch (IOException e) {
            throw Fault.badRequest("The body is not JSON: it is no text in UTF-8");
        }
    }

    private static JsonNode parse(JsonParser parser) throws IOException {
        try {
            JsonNode node = MAPPER.readTree(parser);
            if (node == null) {
                throw Fault.badRequest("The body is empty, but has to be JSON");
            } else if (parser.nextToken() != null) {
                throw malformed(
                        parser.currentTokenLocation(),
                        "here is more text, and one JSON value is all that a body may have");
            }
            return node;
        } catch (JsonProcessingException e) {
            throw malformed(e.getLocation() == null ? parser.currentLocation() : e.getLocation(), reason(e));
        }
    }

    /**
     * @throws Fault when the bytes are anything but one JSON object
     */
    public static ObjectNode parseObject(byte[] body) {
        if (parse(body) instanceof ObjectNode object) {
            return object;
        }
        throw Fault.badRequest("The body has to be a JSON object");
    }

    /**
     * As {@link #parseObject}, where nothing has to be said: no body, {@code null} and {@code ""}, which clients send then, count as
     * an object without fields.
     */
    public static ObjectNode parseOptionalObject(byte[] body) {
        String text = body.length > 2 * NOTHING.length() ? "" : new String(body, StandardCharsets.UTF_8).strip();
        boolean saysNothing = body.length == 0 || text.equals(NOTHING) || text.equals("\"\"");
        return saysNothing ? MAPPER.createObjectNode() : parseObject(body);
    }

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A tree of JSON nodes could not be written", e);
        }
    }

    private static Fault malformed(JsonLocation at, String reason) {
        return new Fault(
                FaultType.BAD_REQUEST,
                "The body is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr() + ": " + reason,
                Map.of(
                        "error_position", at.getByteOffset(),
                        "error_line", at.getLineNr(),
                        "error_column", at.getColumnNr(),
                        "message", reason));
    }

    /** In words of this API: the parser's own tell of its classes, settings and inner limits. */
    private static String reason(JsonProcessingException e) {
        if (e instanceof StreamConstraintsException) {
            return "this is beyond what is read: numbers of " + MAX_NUMBER_CHARS + " characters, texts of "
                    + MAX_TEXT_CHARS + ", names of " + MAX_NAME_CHARS + ", " + MAX_TOKENS
                    + " names and values, objects and lists in each other " + MAX_DEPTH + " times";
        } else if (e instanceof JsonEOFException) {
            return "it ends before its value is complete";
        } else if (String.valueOf(e.getOriginalMessage()).startsWith("Duplicate")) {
            return "an object has the same name twice";
        }
        return "this is not what may come here";
    }
}
