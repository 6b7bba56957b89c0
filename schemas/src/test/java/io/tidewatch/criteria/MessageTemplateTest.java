package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageTemplateTest {
    private static final Map<String, Object> METRICS =
            Map.of("load", 5000.0, "code", "200", "up", true, "count", 7L, "a b/c.d", "odd", "empty", "");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "all is well                  | all is well",
                "load is #{load}              | load is 5000",
                "#{load}#{code}#{up}#{count}  | 5000200true7",
                "#{a b/c.d}!                  | odd!",
                "[#{empty}]                   | []",
                "#{unknown} stays             | #{unknown} stays",
                "#{}                          | #{}",
                "#{ load }                    | #{ load }",
                "#{load                       | #{load",
                "load}                        | load}",
                "# {load} {load} #load        | # {load} {load} #load",
                "#{#{load}}                   | #{5000}",
                "##{load}                     | #5000",
                "#{not #{code}, #{load}       | #{not 200, 5000",
                "``                           | ``",
            })
    void putsTheValuesOfMetricsIn(String text, String message) {
        assertThat(MessageTemplate.parse(text).render(METRICS::get)).isEqualTo(message);
    }

    @Test
    void putsNothingIntoValues() {
        assertThat(MessageTemplate.parse("#{code}").render(Map.of("code", "#{code}")::get))
                .isEqualTo("#{code}");
    }

    @Test
    void emits128CharactersAndCutsMore() {
        assertThat(MessageTemplate.parse("x".repeat(128)).render(METRICS::get)).isEqualTo("x".repeat(128));
        assertThat(MessageTemplate.parse("x".repeat(129)).render(METRICS::get)).isEqualTo("x".repeat(128));
    }

    @Test
    void cutsAfterTheValuesArePutIn() {
        String text = "x".repeat(120) + "#{load} and #{more}";

        assertThat(MessageTemplate.parse(text).render(METRICS::get)).isEqualTo("x".repeat(120) + "5000 and");
        assertThat(MessageTemplate.parse("#{long}#{load}").render(Map.of("long", "y".repeat(1_000))::get))
                .isEqualTo("y".repeat(128));
    }

    @Test
    void neverCutsThroughASurrogatePair() {
        String pair = "\ud83d\ude00";

        assertThat(MessageTemplate.cut("x".repeat(126) + pair)).isEqualTo("x".repeat(126) + pair);
        assertThat(MessageTemplate.cut("x".repeat(127) + pair)).isEqualTo("x".repeat(127));
        assertThat(MessageTemplate.cut("x".repeat(126) + pair + pair)).isEqualTo("x".repeat(126) + pair);
    }

    @Property
    void rendersToItselfWithoutMetrics(@ForAll @StringLength(max = 128) String text) {
        assertThat(MessageTemplate.parse(text).render(name -> null)).isEqualTo(text);
    }
}
