package io.tidewatch.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
    @Test
    void isSteady() {
        Pace pace = new Pace(4);

        assertThat(pace.due(0)).isZero();
        assertThat(pace.due(1)).isEqualTo(Duration.ofMillis(250));
        assertThat(pace.due(400_000)).isEqualTo(Duration.ofSeconds(100_000));
    }

    @Test
    void awaitsWhatIsDueLater() {
        Pace pace = new Pace(100);
        long startNanos = System.nanoTime();

        pace.awaitDue(5, startNanos);

        assertThat(Duration.ofNanos(System.nanoTime() - startNanos)).isGreaterThanOrEqualTo(Duration.ofMillis(50));
    }
}
