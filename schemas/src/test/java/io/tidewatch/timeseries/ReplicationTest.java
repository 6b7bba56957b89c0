package io.tidewatch.timeseries;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class ReplicationTest {
    private static final String NETWORK = "org.apache.cassandra.locator.NetworkTopologyStrategy";

    @Test
    void saysNothingOfEnoughCopies() {
        Replication three = Replication.of(Map.of("class", NETWORK, "dc1", "3"));

        assertThat(three.advice("k", "dc1", 3)).isEmpty();
        assertThat(three.advice("k", "dc1", 2)).isEmpty();
    }

    @Test
    void raisesOneDataCenterAndKeepsTheOthers() {
        Replication replication = Replication.of(Map.of("class", NETWORK, "dc1", "2", "dc2", "5"));

        assertThat(replication.advice("k", "dc1", 3))
                .hasValue(
                        "keyspace k has a replication of 2 in the data center dc1, and cassandra.replication.factor is 3."
                                + " Run: ALTER KEYSPACE k WITH replication = {'class': 'NetworkTopologyStrategy', 'dc1': 3,"
                                + " 'dc2': 5}; and then 'nodetool repair --full k' on each node");
    }

    @Test
    void namesTheDataCenterWhereTheStrategyKnowsNone() {
        Replication simple = Replication.of(
                Map.of("class", "org.apache.cassandra.locator.SimpleStrategy", "replication_factor", "1"));

        assertThat(simple.advice("k", "dc1", 1)).isEmpty();
        assertThat(simple.advice("k", "dc1", 3).orElseThrow())
                .contains("has a replication of 1", "{'class': 'NetworkTopologyStrategy', 'dc1': 3}");
    }

    @Test
    void aDataCenterThatIsNotNamedHasNoCopy() {
        Replication elsewhere = Replication.of(Map.of("class", NETWORK, "dc2", "3"));

        assertThat(elsewhere.advice("k", "dc1", 1).orElseThrow())
                .contains("has a replication of 0", "'dc1': 1, 'dc2': 3");
    }

    @Test
    void countsTransientCopiesToo() {
        assertThat(Replication.of(Map.of("class", NETWORK, "dc1", "3/1")).in("dc1"))
                .isEqualTo(3);
    }
}
