package io.tidewatch.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.benchmarks.report.Report;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BenchmarksMainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();

    @Test
    void theLastLineIsTheFiguresAsJson() {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("rows", 3.0);
        figures.put("p50_ms", 1.254);
        figures.put("p99_ms", Double.NaN);

        int exitCode = run(List.of("sample"), new Report(List.of("a table"), figures, List.of()));

        assertThat(exitCode).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "a table",
                        "{\"benchmark\": \"sample\", \"figures\": {\"rows\": 3, \"p50_ms\": 1.25, \"p99_ms\": null}}");
    }

    @Test
    void figuresWithAFaultAreAFailure() {
        int exitCode = run(List.of("sample"), new Report(List.of(), Map.of(), List.of("one event is missing")));

        assertThat(exitCode).isEqualTo(1);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("one event is missing");
    }

    @Test
    void anUnknownNameIsWrongUsage() {
        int exitCode = run(List.of("speed"), new Report(List.of(), Map.of(), List.of()));

        assertThat(exitCode).isEqualTo(2);
        assertThat(errors.toString(StandardCharsets.UTF_8)).contains("known is sample");
    }

    private int run(List<String> arguments, Report report) {
        return BenchmarksMain.run(
                arguments,
                Map.of("sample", quick -> report),
                new PrintStream(out, true),
                new PrintStream(errors, true));
    }
}
