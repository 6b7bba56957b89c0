package io.tidewatch.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.tidewatch.docs.Flowchart.Node;
import io.tidewatch.docs.Flowchart.Shape;
import org.junit.jupiter.api.Test;

final class FlowchartTest {
    private final Flowchart chart = new Flowchart();

    @Test
    void drawsEachNodeAndArrowOnceInOrderOfAppearance() {
        Node results = new Node(Shape.TOPIC, "check-results");
        Node evaluate = new Node(Shape.PROCESSOR, "evaluate");

        chart.arrow(results, evaluate);
        chart.arrow(results, evaluate);
        chart.line(evaluate, new Node(Shape.STORE, "runs"));

        assertThat(chart.markdown()).isEqualTo("""
                        ```mermaid
                        flowchart LR
                            TOPIC_check_results[/"check-results"/]
                            PROCESSOR_evaluate["evaluate"]
                            STORE_runs[("runs")]
                            TOPIC_check_results --> PROCESSOR_evaluate
                            PROCESSOR_evaluate --- STORE_runs
                        ```
                        """);
    }

    @Test
    void framesTheNodesOfAGroup() {
        Node sink = new Node(Shape.ENDPOINT, "publish");
        chart.add("sub-topology 0", sink);

        chart.arrow(sink, new Node(Shape.EXTERNAL, "Cassandra"));

        assertThat(chart.markdown()).isEqualTo("""
                        ```mermaid
                        flowchart LR
                            EXTERNAL_Cassandra{{"Cassandra"}}
                            subgraph group_1["sub-topology 0"]
                                ENDPOINT_publish(["publish"])
                            end
                            ENDPOINT_publish --> EXTERNAL_Cassandra
                        ```
                        """);
    }

    @Test
    void keepsNodesApartWhoseNamesDifferInSignsThatIdsCannotHave() {
        chart.arrow(new Node(Shape.TOPIC, "a-b"), new Node(Shape.TOPIC, "a.b"));

        assertThat(chart.markdown()).contains("TOPIC_a_b --> TOPIC_a_b_2");
    }

    @Test
    void escapesWhatMermaidWouldReadAsMarkup() {
        chart.add(new Node(Shape.PROCESSOR, "say \"<b>\" & `#1;`"));

        assertThat(chart.markdown()).contains("[\"say #34;#60;b#62;#34; #38; #96;#35;1;#96;\"]");
    }
}
