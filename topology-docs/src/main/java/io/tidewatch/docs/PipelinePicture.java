package io.tidewatch.docs;

import io.tidewatch.docs.Flowchart.Node;
import io.tidewatch.docs.Flowchart.Shape;
import io.tidewatch.topics.Topic;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The picture of the whole pipeline: programs, topics, and what lies outside. Topics that the same programs read and the
 * same programs write are one node.
 */
final class PipelinePicture {
    private final List<Participant> participants;
    private final List<Graph> graphs;
    private final Map<String, Use> uses = new LinkedHashMap<>();

    /** Which programs read a topic, and which write it. */
    private record Use(Set<String> readers, Set<String> writers) {}

    PipelinePicture(List<Participant> participants, List<Graph> graphs) {
        this.participants = participants;
        this.graphs = graphs;
        forEachRead((topic, program) -> use(topic).readers().add(program));
        forEachWrite((topic, program) -> use(topic).writers().add(program));
    }

    /** The picture as a fenced block that GitHub renders. */
    String markdown() {
        Flowchart chart = new Flowchart();
        for (Participant participant : participants) {
            Node program = program(participant.name());
            participant.takesFrom().forEach(system -> chart.arrow(external(system), program));
            participant.givesTo().forEach(system -> chart.arrow(program, external(system)));
        }
        forEachRead((topic, program) -> chart.arrow(node(topic), program(program)));
        forEachWrite((topic, program) -> chart.arrow(program(program), node(topic)));
        for (Graph graph : graphs) {
            Node program = program(graph.application().name());
            graph.application().effects().forEach(effect -> chart.arrow(program, external(effect.system())));
        }
        return chart.markdown();
    }

    private void forEachRead(BiConsumer<String, String> visitor) {
        for (Participant participant : participants) {
            participant.reads().forEach(topic -> visitor.accept(topic.baseName(), participant.name()));
        }
        for (Graph graph : graphs) {
            graph.read()
                    .forEach(topic -> visitor.accept(topic, graph.application().name()));
        }
    }

    private void forEachWrite(BiConsumer<String, String> visitor) {
        for (Participant participant : participants) {
            participant.writes().forEach(topic -> visitor.accept(topic.baseName(), participant.name()));
        }
        for (Graph graph : graphs) {
            String application = graph.application().name();
            graph.written().forEach(topic -> visitor.accept(topic, application));
            visitor.accept(Topic.DEAD_LETTERS.baseName(), application);
        }
    }

    private Use use(String topic) {
        return uses.computeIfAbsent(topic, name -> new Use(new LinkedHashSet<>(), new LinkedHashSet<>()));
    }

    /** The node that stands for the topic, and for all that are used in the same way. */
    private Node node(String topic) {
        Use wanted = use(topic);
        List<String> alike = uses.entrySet().stream()
                .filter(entry -> entry.getValue().equals(wanted))
                .map(Map.Entry::getKey)
                .toList();
        return new Node(Shape.TOPIC, String.join(", ", alike));
    }

    private static Node program(String name) {
        return new Node(Shape.PROCESSOR, name);
    }

    private static Node external(String system) {
        return new Node(Shape.EXTERNAL, system);
    }
}
