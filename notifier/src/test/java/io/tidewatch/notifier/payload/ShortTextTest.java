package io.tidewatch.notifier.payload;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Where texts are cut. */
final class ShortTextTest {
    @Test
    void cutsWhatIsTooLongAndNothingElse() {
        assertThat(ShortText.cut("abcd", 4)).isEqualTo("abcd");
        assertThat(ShortText.cut("abcde", 4)).isEqualTo("abc…");
        assertThat(ShortText.cut("", 4)).isEmpty();
    }

    @Test
    void dividesNoCharacter() {
        assertThat(ShortText.cut("ab😀cd", 4)).isEqualTo("ab…");
        assertThat(ShortText.cut("ab😀cd", 5)).isEqualTo("ab😀…");
        assertThat(ShortText.cut("ab😀", 4)).isEqualTo("ab😀");
    }

    @Test
    void makesOneLine() {
        assertThat(ShortText.line("a\r\nb\tc\u0000d\u2028e\u0085f\ud83dg 😀", 100))
                .isEqualTo("a  b c d e f g 😀");
        assertThat(ShortText.line("\n a \n", 100)).isEqualTo("a");
    }
}
