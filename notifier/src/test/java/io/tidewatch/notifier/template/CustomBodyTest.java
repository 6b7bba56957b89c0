package io.tidewatch.notifier.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.notifier.payload.EventJson;
import io.tidewatch.notifier.payload.Notice;
import io.tidewatch.notifier.payload.SampleNotices;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of users. */
final class CustomBodyTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Notice SAMPLE = SampleNotices.all().get(0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{details.state}} {{details.metrics.code.data}} {{details.metrics.duration.data}} | CRITICAL 500 1.5",
                "{{#details.observations}}{{monitoring_zone_id}}={{state}} {{tenant_id}};{{/details.observations}} | mzSample=CRITICAL acSample;",
                "{{^entity.managed}}ours{{/entity.managed}}{{#entity.managed}}theirs{{/entity.managed}} | ours",
                "{{nothing}}{{details.nothing.at.all}}{{entity.uri}}. | .",
                "{{#entity.uri}}never{{/entity.uri}}. | .",
                "{{! a comment }}{{{entity.label}}}&{{&check.label}} | web1&HTTP",
                "{{entity.ip_addresses}} | '{\"default\":\"192.0.2.1\"}'",
                "{{entity.class}}{{entity.getClass}}{{details.state.length}}{{details.state.bytes}}{{details.state.hash}}. | .",
                "{{details.observations.size}}{{details.observations.0.state}}. | .",
                "no tags | no tags",
            })
    void rendersWhatIsThere(String template, String rendered) throws Exception {
        assertThat(render(template)).isEqualTo(rendered);
    }

    @Test
    void noValueBreaksTheJson() throws Exception {
        ObjectNode event = EventJson.of(SAMPLE);
        ((ObjectNode) event.path("details")).put("status", "\"},\"x\":{{y}}\\\n\u0000😀<>&'");

        String body = CustomBody.parse(
                        "{\"a\":[\"{{details.status}}\",1,true,null],\"{{b}}\":{\"c\":\"{{details.state}}\"}}")
                .render(event);

        ObjectNode expected = JSON.createObjectNode();
        expected.putArray("a")
                .add("\"},\"x\":{{y}}\\\n\u0000😀<>&'")
                .add(1)
                .add(true)
                .addNull();
        expected.putObject("{{b}}").put("c", "CRITICAL");
        assertThat(JSON.readTree(body)).isEqualTo(expected);
    }

    @Test
    void hasNothingAgainstAGoodOne() {
        assertThat(CustomBody.check("{\"text\":\"{{details.state}} {{#check}}{{label}}{{/check}}\"}"))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{#details}}          | is faulty: ",
                "{{/details}}          | is faulty: ",
                "{{details             | has a tag without an end",
                "{{}}                  | is faulty: ",
                "{{#nothing}}{{/nothing}} | is faulty: ",
                "{{#details.metrics.code}}x{{/details.metrics.code}} | is faulty: ",
                "{{>other}}            | includes another one, other",
                "{{#details}}{{>other}}{{/details}} | includes another one, other",
                "{{=<% %>=}}           | has delimiters other than",
            })
    void objectsToWhatFailsForAnyKindOfMessage(String template, String objection) {
        assertThat(CustomBody.check("{\"a\":\"" + template.strip() + "\"}"))
                .hasValueSatisfying(said -> assertThat(said).startsWith(objection));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"a\":1} x", "{\"a\":1,\"a\":2}", "text", "{'a':1}"})
    void objectsToWhatIsNotJson(String body) {
        assertThat(CustomBody.check(body))
                .hasValueSatisfying(said -> assertThat(said).startsWith("is no"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"text\"", "1", "null"})
    void objectsToWhatIsNeitherObjectNorList(String body) {
        assertThat(CustomBody.check(body)).contains("is no JSON object or list");
    }

    /** Sections within sections multiply, and nothing in the language bounds that. */
    @Test
    void endsSoonWhateverIsWritten() {
        ObjectNode event = EventJson.of(SAMPLE);
        var zones = ((ObjectNode) event.path("details")).withArray("observations");
        for (int zone = 0; zone < 9; zone++) {
            zones.add(zones.get(0).deepCopy());
        }
        String open = "{{#details.observations}}";
        String close = "{{/details.observations}}";

        long begun = System.nanoTime();
        assertFault(open.repeat(12) + close.repeat(12), event, "takes more than 100000 steps");
        assertFault(open.repeat(140) + "x" + close.repeat(140), event, "takes more than 100000 steps");
        assertFault(open.repeat(4) + "x".repeat(1000) + close.repeat(4), event, "makes more than 65536 characters");
        assertFault("{{x}}".repeat(301), event, "has more than 300 tags");
        assertFault("{{#details}}".repeat(5_000), event, "has more than 300 tags");

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
    }

    /** The bound is for the whole body. */
    @Test
    void boundsTheTextsTogether() {
        ObjectNode event = EventJson.of(SAMPLE);
        ((ObjectNode) event.path("details")).put("status", "x".repeat(40_000));

        assertThatThrownBy(() -> CustomBody.parse("[\"{{details.status}}\",\"{{details.status}}\"]")
                        .render(event))
                .isInstanceOf(TemplateFaultException.class)
                .hasMessage("makes more than 65536 characters");
    }

    @Test
    void boundsTheBodyItself() {
        assertThat(CustomBody.check("[\"" + "x".repeat(65_536) + "\"]")).contains("has more than 65536 characters");
        assertThat(CustomBody.check("[".repeat(40) + "]".repeat(40)))
                .hasValueSatisfying(said -> assertThat(said).startsWith("is not JSON"));
    }

    private static void assertFault(String template, ObjectNode event, String message) {
        assertThatThrownBy(() -> CustomBody.parse("[\"" + template + "\"]").render(event))
                .isInstanceOf(TemplateFaultException.class)
                .hasMessage(message);
    }

    private static String render(String template) throws Exception {
        String body = JSON.writeValueAsString(JSON.createArrayNode().add(template));
        return JSON.readTree(CustomBody.parse(body).render(EventJson.of(SAMPLE)))
                .get(0)
                .textValue();
    }
}
