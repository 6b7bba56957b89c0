package io.tidewatch.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class CriteriaCorpusTest {
    @Test
    void dropsOnlyTheCommentLinesBeforeTheCriteria() {
        List<String> entries = CriteriaCorpus.entries("# source\n# grammar: accept\nreturn OK # one\n# two\n");

        assertThat(entries).containsExactly("return OK # one\n# two");
    }

    @Test
    void separatesAtLinesOfThreeHyphensOnly() {
        List<String> entries = CriteriaCorpus.entries("first\n --- \n----\n---\nsecond\n");

        assertThat(entries).containsExactly("first\n --- \n----", "second");
    }

    @Test
    void countsAnEmptyEntry() {
        List<String> entries = CriteriaCorpus.entries("first\n---\n# nothing\n---\nthird\n");

        assertThat(entries).containsExactly("first", "", "third");
    }

    @Test
    void aSeparatorAtTheEndBeginsNoEntry() {
        List<String> entries = CriteriaCorpus.entries("first\n---\n");

        assertThat(entries).containsExactly("first");
    }
}
