package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MissingPermissionTest {
    @ParameterizedTest
    @CsvSource({
        "CREATE, all keyspaces, ALL KEYSPACES",
        "CREATE, keyspace tidewatch, KEYSPACE tidewatch",
        "CREATE, all tables in tidewatch, KEYSPACE tidewatch",
        "MODIFY, table tidewatch.results, KEYSPACE tidewatch",
    })
    void saysWhatToGrant(String permission, String resource, String granted) {
        String refusal = "User alice has no " + permission + " permission on <" + resource + "> or any of its parents";

        assertThat(MissingPermission.in(refusal).orElseThrow().grant())
                .isEqualTo("GRANT " + permission + " ON " + granted + " TO alice");
    }

    @Test
    void isNotSeenInAnotherRefusal() {
        assertThat(MissingPermission.in("table results does not exist")).isEmpty();
    }
}
