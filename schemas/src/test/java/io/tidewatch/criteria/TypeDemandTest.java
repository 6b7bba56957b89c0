package io.tidewatch.criteria;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which metrics a criteria mentions, and what it demands of them. */
final class TypeDemandTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "metric['x'] == 5                           | x NUMERIC",
                "metric['x'] != 0.5                         | x NUMERIC",
                "metric['x'] < 5                            | x NUMERIC",
                "metric['x'] >= metric['y']                 | x NUMERIC, y NUMERIC",
                "metric['x'] == 'a'                         | x TEXT",
                "metric['x'] != ''                          | x TEXT",
                "metric['x'] regex 'a'                      | x TEXT",
                "metric['x'] nregex 'a'                     | x TEXT",
                "metric['x'] == metric['y']                 | ``",
                "metric['x'] != metric['y']                 | ``",
                "previous(metric['x']) == metric['x']       | ``",
                "previous(metric['x']) == 'a'               | x TEXT",
                "previous(metric['x']) regex 'a'            | x TEXT",
                "previous(metric['x']) > 5                  | x NUMERIC",
                "previous(metric['x']) == 5                 | x NUMERIC",
                "metric['x'] > previous(metric['y'])        | x NUMERIC, y NUMERIC",
                "rate(metric['x']) > 5                      | x NUMERIC",
                "rate(metric['x']) == 'a'                   | x NUMERIC",
                "rate(metric['x']) == metric['y']           | x NUMERIC",
                "metric['x'] == rate(metric['y'])           | y NUMERIC",
                "percentage(metric['x'], metric['y']) > 5   | x NUMERIC, y NUMERIC",
                "percentage(7, metric['y']) == metric['z']  | y NUMERIC",
                "percentage(1, 2) > metric['z']             | z NUMERIC",
                "percentage(1, 2) > 3                       | ``",
            })
    void followsFromTheOperatorTheOtherSideAndTheFunction(String comparison, String demands) {
        assertThat(criteria("if (" + comparison + ") { return OK }").typeDemandsInOrder())
                .extracting(demand -> demand.metric() + " " + demand.kind())
                .containsExactlyElementsOf(Stream.of(demands.split(", "))
                        .filter(text -> !text.isEmpty())
                        .toList());
    }

    @Test
    void keepsEveryMentionInTheOrderOfTheText() {
        Criteria criteria = criteria("""
                if (metric['b'] == 'up' || rate(metric['a']) > metric['c'] && metric['b'] > 1) { return OK, '#{never}' }
                if (metric['d'] == metric['a']) { return OK }
                return OK, '#{mentioned}'
                """);

        assertThat(criteria.metricsInOrder()).isEqualTo(List.of("b", "a", "c", "d"));
        assertThat(criteria.typeDemandsInOrder())
                .containsExactly(
                        new TypeDemand("b", TypeDemand.Kind.TEXT),
                        new TypeDemand("a", TypeDemand.Kind.NUMERIC),
                        new TypeDemand("c", TypeDemand.Kind.NUMERIC),
                        new TypeDemand("b", TypeDemand.Kind.NUMERIC));
    }

    @Test
    void areNoneForACriteriaWithoutConditions() {
        assertThat(criteria("return OK, '#{x}'").metricsInOrder()).isEmpty();
        assertThat(criteria("return OK, '#{x}'").typeDemandsInOrder()).isEmpty();
    }

    private static Criteria criteria(String text) {
        return CriteriaParser.parse(text);
    }
}
