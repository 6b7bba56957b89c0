package io.tidewatch.poller.probe;

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
        assertThat(SearchPattern.compile("body", "a".repeat(255))).isNotNull();
        assertThatThrownBy(() -> SearchPattern.compile("body", "a".repeat(256)))
                .isInstanceOf(InvalidCheckException.class)
                .hasMessage("body has to have 1 to 255 characters");
        assertThatThrownBy(() -> SearchPattern.compile("body", "((a{100}){100}){100}"))
                .isInstanceOf(InvalidCheckException.class)
                .hasMessageContaining("is too large");
    }

    private static String find(String expression, String text) {
        return SearchPattern.compile("body", expression).find(text);
    }
}
