package io.tidewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.criteria.CriteriaParser;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class VariousCriteriaTest {
    @Test
    void eachIsACriteriaOfTheLanguage() {
        IntStream.range(0, 100).forEach(alarm -> CriteriaParser.parse(VariousCriteria.of(alarm)));
    }

    @Test
    void shapesAreAsManyAsItSays() {
        assertThat(IntStream.range(0, 1_000)
                        .mapToObj(VariousCriteria::of)
                        .map(criteria -> criteria.replaceAll("-?[0-9.]+", "N"))
                        .collect(Collectors.toSet()))
                .hasSize(VariousCriteria.SHAPES);
    }

    @Test
    void eachOfAHundredThousandAlarmsHasItsOwn() {
        assertThat(IntStream.range(0, 100_000)
                        .mapToObj(VariousCriteria::of)
                        .distinct()
                        .count())
                .isEqualTo(100_000);
    }
}
