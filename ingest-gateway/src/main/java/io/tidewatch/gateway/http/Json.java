package io.tidewatch.gateway.http;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** JSON as the API takes and gives it. */
public final class Json {
    /** Deeper than any body of ours; a nested bomb ends here. */
    private static final int MAX_DEPTH = 16;

    public static final JsonMapper MAPPER = JsonMapper.builder(new com.fasterxml.jackson.core.JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Json() {}

    /**
     * @throws Fault when the bytes are no JSON, naming the place
     */
    public static JsonNode parse(byte[] body) {
        JsonNode node;
        try {
            node = MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw malformed(e);
        } catch (IOException e) {
            throw Fault.badRequest("The body is not readable as JSON text: " + e.getMessage());
        }
        if (node.isMissingNode()) {
            throw Fault.badRequest("The body is empty, but has to be JSON");
        }
        return node;
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

    static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException("A tree of JSON nodes could not be written", e);
        }
    }

    private static Fault malformed(JsonProcessingException e) {
        JsonLocation at = e.getLocation();
        if (at == null) {
            return Fault.badRequest("The body is not JSON: " + e.getOriginalMessage());
        }
        return new Fault(
                FaultType.BAD_REQUEST,
                "The body is not JSON: line " + at.getLineNr() + ", column " + at.getColumnNr() + ": "
                        + e.getOriginalMessage(),
                Map.of(
                        "error_position", at.getByteOffset(),
                        "error_line", at.getLineNr(),
                        "error_column", at.getColumnNr(),
                        "message", e.getOriginalMessage()));
    }
}
