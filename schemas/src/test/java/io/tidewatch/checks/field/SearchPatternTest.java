package io.tidewatch.checks.field;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SearchPatternTest {
    @Test
    void findsTheFirstMatchOrItsFirstGroup() {
        assertThat(find("b+", "abbbcb")).isEqualTo("bbb");
        assertThat(find("a(b+)c", "abbbcb")).isEqualTo("bbb");
        assertThat(find("x|(y)", "x")).isEqualTo("x");
        assertThat(find("z", "abc")).isEmpty();
    }

    @Test
    void cutsAMatchAtEightyCharactersAndNotThroughASurrogatePair() {
        assertThat(find(".+", "a".repeat(80))).isEqualTo("a".repeat(80));
        assertThat(find(".+", "a".repeat(81))).isEqualTo("a".repeat(80));
        assertThat(find(".+", "a".repeat(79) + "😀")).isEqualTo("a".repeat(79));
    }

    @Test
    void refusesWhatIsTooLongOrTooCostly() {
        assertThat(Form.pattern().read("body", "a".repeat(255))).isNotNull();
        assertThatThrownBy(() -> Form.pattern().read("body", "a".repeat(256)))
                .isInstanceOf(InvalidDetailsException.class)
                .hasMessage("details.body has 256 characters, but may have 255");
        assertThatThrownBy(() -> Form.pattern().read("body", "((a{100}){100}){100}"))
                .isInstanceOf(InvalidDetailsException.class)
                .hasMessageContaining("is too large");
    }

    private static String find(String expression, String text) {
        return Form.pattern().read("body", expression).find(text);
    }
}
