package io.tidewatch.notifier.template;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.notifier.payload.SampleNotices;
import java.util.Map;
import java.util.Optional;

/**
 * A message body that a user wrote: JSON whose texts are mustache templates. The JSON is read first and written last, so that
 * no value can break it. Templates see what {@link EventJson} says. Thread-safe.
 */
public final class CustomBody {
    private static final int MAX_CHARS = 64 << 10;
    private static final int MAX_DEPTH = 32;

    private static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxDocumentLength(MAX_CHARS)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private static final TypeReference<Map<String, Object>> MEMBERS = new TypeReference<>() {};

    private final JsonNode body;

    private CustomBody(JsonNode body) {
        this.body = body;
    }

    /** @throws TemplateFaultException when it is not JSON */
    public static CustomBody parse(String body) throws TemplateFaultException {
        if (body.length() > MAX_CHARS) {
            throw new TemplateFaultException("has more than " + MAX_CHARS + " characters");
        }
        try {
            JsonNode tree = MAPPER.readTree(body);
            if (!tree.isContainerNode()) {
                throw new TemplateFaultException("is no JSON object or list");
            }
            return new CustomBody(tree);
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : ": line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr();
            throw new TemplateFaultException("is not JSON" + place);
        }
    }

    /** What is wrong with it, to continue "the template": tried on one message of each kind; empty when it is good. */
    public static Optional<String> check(String body) {
        try {
            CustomBody parsed = parse(body);
            for (Notice sample : SampleNotices.all()) {
                parsed.render(EventJson.of(sample));
            }
            return Optional.empty();
        } catch (TemplateFaultException e) {
            return Optional.of(e.reason());
        }
    }

    /**
     * The body for an event.
     *
     * @throws TemplateFaultException when a template is faulty for this event, or beyond a bound
     */
    public String render(ObjectNode event) throws TemplateFaultException {
        return EventJson.text(render(body, MAPPER.convertValue(event, MEMBERS), new Budget()));
    }

    private static JsonNode render(JsonNode node, Map<String, Object> data, Budget budget)
            throws TemplateFaultException {
        if (node.isTextual()) {
            return TextNode.valueOf(TextTemplate.render(node.textValue(), data, budget));
        } else if (node instanceof ObjectNode object) {
            ObjectNode rendered = MAPPER.createObjectNode();
            for (Map.Entry<String, JsonNode> member : object.properties()) {
                rendered.set(member.getKey(), render(member.getValue(), data, budget));
            }
            return rendered;
        } else if (node instanceof ArrayNode array) {
            ArrayNode rendered = MAPPER.createArrayNode();
            for (JsonNode item : array) {
                rendered.add(render(item, data, budget));
            }
            return rendered;
        }
        return node;
    }
}
