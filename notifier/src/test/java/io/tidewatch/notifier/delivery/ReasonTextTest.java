package io.tidewatch.notifier.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What is kept of what receivers say. */
final class ReasonTextTest {
    @Test
    void hidesSecretsAlsoWithinEachOther() {
        assertThat(ReasonText.hide("no /a/token1234/b, no token1234", List.of("token1234", "/a/token1234/b")))
                .isEqualTo("no …, no …");
    }

    @Test
    void leavesWordsThatAreTooShortForSecrets() {
        assertThat(ReasonText.hide("no such hook", List.of("no", ""))).isEqualTo("no such hook");
    }

    @Test
    void makesOneShortLine() {
        assertThat(ReasonText.tidy(" a\r\nb\u001b[0m ")).isEqualTo("a  b [0m");
        assertThat(ReasonText.tidy("😀".repeat(300))).isEqualTo("😀".repeat(200));
    }
}
