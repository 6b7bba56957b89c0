package io.tidewatch.streams.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownCriteriaTest {
    private final Path stateDir;

    KnownCriteriaTest(@TempDir Path parent) {
        stateDir = parent.resolve("state");
    }

    @Test
    void knowsNothingAtFirst() {
        assertThat(known().read()).isEmpty();
    }

    @Test
    void knowsTheNewestListAndTheLongestCriteria() {
        List<String> criteria = List.of("", "if (metric['\u20ac'] > 1) {\n return CRITICAL }", "\u20ac".repeat(16_384));
        known().write(List.of("return OK"));

        known().write(criteria);

        assertThat(known().read()).isEqualTo(criteria);
    }

    @Test
    void aTornFileIsAsGoodAsNone() throws IOException {
        known().write(List.of("return OK", "return CRITICAL"));
        Path file = stateDir.resolve("known-criteria");
        byte[] whole = Files.readAllBytes(file);

        Files.write(file, Arrays.copyOf(whole, whole.length - 1));

        assertThat(known().read()).isEmpty();
    }

    private KnownCriteria known() {
        return new KnownCriteria(stateDir);
    }
}
