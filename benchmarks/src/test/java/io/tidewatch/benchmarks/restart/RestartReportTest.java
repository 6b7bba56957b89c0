package io.tidewatch.benchmarks.restart;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.load.Transitions;
import io.tidewatch.benchmarks.report.Report;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RestartReportTest {
    private static final RestartScale SCALE =
            new RestartScale(10, 3, 1_000, Duration.ofSeconds(1), List.of(Redundancy.ALONE));

    private final Transitions transitions = new Transitions();

    @Test
    void tellsTheMedianAndTheLongestOfAllKills() {
        Report report = report(kill(9, 12), kill(7, 8), kill(8, 30));

        assertThat(report.figures())
                .containsEntry("alone_first_median_s", 8.0)
                .containsEntry("alone_first_max_s", 9.0)
                .containsEntry("alone_each_median_s", 12.0)
                .containsEntry("alone_each_max_s", 30.0);
        assertThat(report.faults()).isEmpty();
    }

    @Test
    void aPartitionThatStaysAwayIsAFault() {
        Report report =
                report(new RestartReport.Kill(6, Optional.of(Duration.ofSeconds(1)), Optional.empty(), "steps"));

        assertThat(report.faults()).containsExactly("alone: not every partition came back");
    }

    @Test
    void aTransitionThatIsLostIsAFault() {
        transitions.departed("a", 0, false);

        assertThat(report(kill(1, 2)).faults())
                .containsExactly("alone: 1 transitions were expected, 0 of them came, and 0 that were not expected");
    }

    private Report report(RestartReport.Kill... kills) {
        return new RestartReport(
                        SCALE, Map.of(Redundancy.ALONE, new RestartReport.Measured(List.of(kills), transitions)))
                .report();
    }

    private static RestartReport.Kill kill(int first, int onEach) {
        return new RestartReport.Kill(
                6, Optional.of(Duration.ofSeconds(first)), Optional.of(Duration.ofSeconds(onEach)), "steps");
    }
}
