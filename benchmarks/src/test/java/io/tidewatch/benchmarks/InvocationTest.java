package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class InvocationTest {
    private static final List<String> KNOWN = List.of("latency", "sink");

    @Test
    void aNameAloneAsksForTheWholeMeasurement() {
        assertThat(Invocation.parse(List.of("sink"), KNOWN)).isEqualTo(new Invocation("sink", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"latency --quick", "--quick latency"})
    void quickMayStandOnEitherSide(String line) {
        assertThat(Invocation.parse(List.of(line.split(" ")), KNOWN)).isEqualTo(new Invocation("latency", true));
    }

    @Test
    void anUnknownNameIsAnsweredWithTheKnownOnes() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Invocation.parse(List.of("speed"), KNOWN))
                .withMessage("There is no benchmark 'speed'; known is latency, sink");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--quick", "latency sink"})
    void anythingButOneNameIsAnsweredWithTheUsage(String line) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Invocation.parse(List.of(line.split(" ")), KNOWN))
                .withMessage("Usage: benchmarks/run NAME [--quick], where NAME is latency, sink");
    }
}
