package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

final class ExpectedTableTest {
    @Test
    void readsColumnsAndPrimaryKeyOfAStatement() {
        ExpectedTable table = ExpectedTable.parse("""
                CREATE TABLE IF NOT EXISTS k.t (
                    a text,
                    at timestamp,
                    m frozen<map<text, bigint>>,
                    PRIMARY KEY ((a), at)
                ) WITH CLUSTERING ORDER BY (at DESC)
                AND compaction = {'class': 'TimeWindowCompactionStrategy'};""");

        assertThat(table.types())
                .containsExactly(entry("a", "text"), entry("at", "timestamp"), entry("m", "frozen<map<text,bigint>>"));
        assertThat(table.primaryKey()).isEqualTo("((a),at)");
    }

    @Test
    void refusesAStatementThatCreatesNoTable() {
        assertThatThrownBy(() -> ExpectedTable.parse("DROP TABLE k.t")).isInstanceOf(IllegalArgumentException.class);
    }
}
