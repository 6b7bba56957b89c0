package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class MarkdownTest {
    @Test
    void keepsATableTogetherWhateverItsCellsHold() {
        String table = Markdown.table(List.of("a", "b"), List.of(List.of("x|y", "one\n  two")));

        assertThat(table).isEqualTo("""
                        | a | b |
                        | --- | --- |
                        | x\\|y | one two |
                        """);
    }

    @Test
    void escapesMarkupInProseButNotInCode() {
        assertThat(Markdown.prose("at most 2 * n, see <topic> and `<topic>`"))
                .isEqualTo("at most 2 \\* n, see \\<topic> and `<topic>`");
    }

    @Test
    void writesNoEmptyCodeSpan() {
        assertThat(Markdown.code("")).isEmpty();
        assertThat(Markdown.codes(List.of("a", "b"))).isEqualTo("`a`, `b`");
    }
}
