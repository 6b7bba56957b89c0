package io.tidewatch.standalone.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCell() {
        Table table = new Table(List.of("A", "LONG HEADER", "C"));
        table.add(List.of("long cell", "b", "c"));

        assertThat(table.lines()).containsExactly("A          LONG HEADER  C", "long cell  b            c");
    }
}
