package io.tidewatch.system.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DifferencesTest {
    private static final Map<String, List<String>> UNDISTURBED =
            Map.of("al1", List.of("OK", "CRITICAL", "OK"), "al2", List.of("OK"));

    @Test
    void sameListsDoNotDiffer() {
        assertThat(differences(List.of("OK", "CRITICAL", "OK"), List.of("OK")).isEmpty())
                .isTrue();
    }

    @Test
    void tellsWhatWasLost() {
        assertThat(differences(List.of("OK", "OK"), List.of())).hasToString("\n2 lost:\n  CRITICAL\n  OK");
    }

    @Test
    void tellsWhatIsThereTwice() {
        assertThat(differences(List.of("OK", "CRITICAL", "OK"), List.of("OK", "OK")))
                .hasToString("\n1 doubled:\n  OK");
    }

    @Test
    void tellsWhatWasInvented() {
        assertThat(differences(List.of("OK", "CRITICAL", "OK"), List.of("OK", "WARNING")))
                .hasToString("\n1 invented:\n  WARNING");
    }

    @Test
    void tellsWhatCameInAnotherOrder() {
        assertThat(differences(List.of("OK", "OK", "CRITICAL"), List.of("OK"))).hasToString("\n1 reordered:\n  al1");
    }

    @Test
    void seesAlarmsThatNobodyExpected() {
        assertThat(new Differences(Map.of(), Map.of("al3", List.of("OK")))).hasToString("\n1 invented:\n  OK");
    }

    private static Differences differences(List<String> first, List<String> second) {
        return new Differences(UNDISTURBED, Map.of("al1", first, "al2", second));
    }
}
