package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tidewatch.docs.Graph.Vertex;
import io.tidewatch.runtime.application.ExternalEffect;
import java.util.List;
import org.apache.kafka.streams.Topology;
import org.junit.jupiter.api.Test;

final class GraphTest {
    private static final ExternalEffect WRITES_ROLLUPS =
            new ExternalEffect("write-rollups", "Cassandra", "upserts a row");

    @Test
    void listsNodesAsARecordMeetsThem() {
        Graph graph = Graph.of(application(SmallTopology.create(), WRITES_ROLLUPS));

        assertThat(graph.vertices())
                .extracting(Vertex::name)
                .containsExactly(
                        "read-alarms",
                        "read-results",
                        "evaluate",
                        "remember-alarms",
                        "publish-events",
                        "read-rollups",
                        "write-rollups",
                        "read-entities",
                        "keep-labels");
        assertThat(graph.vertices())
                .extracting(Vertex::part)
                .containsExactly(
                        "sub-topology 0",
                        "sub-topology 0",
                        "sub-topology 0",
                        "sub-topology 0",
                        "sub-topology 0",
                        "sub-topology 1",
                        "sub-topology 1",
                        "global store 2",
                        "global store 2");
    }

    @Test
    void knowsTopicsByTheirBaseNamesAndStoresByTheirUsers() {
        Graph graph = Graph.of(application(SmallTopology.create(), WRITES_ROLLUPS));

        assertThat(graph.read()).containsExactly("alarms", "check-results", "entities", "metric-rollups");
        assertThat(graph.written()).containsExactly("alert-events");
        assertThat(graph.processorsByStore().get("alarm-configurations"))
                .containsExactly("evaluate", "remember-alarms");
    }

    @Test
    void refusesANodeThatLeadsNowhereWithoutAnExternalEffect() {
        assertThatThrownBy(() -> Graph.of(application(SmallTopology.create())))
                .hasMessage("The application small has a node write-rollups that leads nowhere:"
                        + " declare its external effect");
    }

    @Test
    void refusesAnEffectOfANodeThatDoesNotExist() {
        ExternalEffect stale = new ExternalEffect("write-everything", "Cassandra", "upserts a row");

        assertThatThrownBy(() -> Graph.of(application(SmallTopology.create(), WRITES_ROLLUPS, stale)))
                .hasMessageContaining("declares an effect of the node write-everything, but its nodes are [");
    }

    @Test
    void refusesATopicThatIsNotInTheCatalogue() {
        Topology topology = new Topology().addSource("read-gossip", "gossip");

        assertThatThrownBy(() -> Graph.of(application(topology)))
                .hasMessage("The topic gossip is not in the topic catalogue");
    }

    private static Application application(Topology topology, ExternalEffect... effects) {
        return new Application("small", "small-1", "For a test.", topology, List.of(effects));
    }
}
