package io.tidewatch.streams.alarm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.criteria.CriteriaParser;
import org.junit.jupiter.api.Test;

class CriteriaShapeTest {
    @Test
    void sharesOneStatementAmongCriteriaThatDifferInWordsAndNumbersOnly() {
        CriteriaShape one =
                new CriteriaShape(CriteriaParser.parse("if (metric['a'] > 1) { return CRITICAL } return OK"));
        CriteriaShape other = new CriteriaShape(
                CriteriaParser.parse("if (metric[\"b c\"] > 2.5) { return WARNING } return CRITICAL"));

        assertThat(one.epl()).isEqualTo(other.epl()).doesNotContain("b c");
    }

    @Test
    void refusesAnExpressionThatIsTooDeepInsteadOfEndingTheThread() {
        String deep = "(".repeat(100_000) + "o.available()" + ")".repeat(100_000);

        assertThatThrownBy(() -> new CriteriaShapes().compileShape("case when " + deep + " then o.asReported() end"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Esper can't compile");
    }
}
