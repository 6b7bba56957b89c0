package io.tidewatch.docs;

import io.tidewatch.docs.Flowchart.Node;
import io.tidewatch.docs.Flowchart.Shape;
import io.tidewatch.docs.Graph.Kind;
import io.tidewatch.docs.Graph.Vertex;
import io.tidewatch.runtime.application.ExternalEffect;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The page about the pipeline as a whole and each Kafka Streams application. */
final class TopologyPage {
    private final List<Graph> graphs;
    private final PipelinePicture picture;

    /**
     * @throws IllegalArgumentException when an application's description would be untrue, see {@link Graph#of}
     */
    TopologyPage(List<Application> applications, List<Participant> participants) {
        this.graphs = applications.stream().map(Graph::of).toList();
        this.picture = new PipelinePicture(participants, graphs);
    }

    /** The whole pipeline in one picture, as a fenced block. */
    String pipelinePicture() {
        return picture.markdown();
    }

    String markdown() {
        StringBuilder page = new StringBuilder();
        page.append("# The topology\n\n").append(Documentation.GENERATED).append('\n');
        page.append("""
                Topics stand here without their prefix (`topic.prefix`); what they hold is in [topics.md](topics.md).

                In the pictures: slanted are topics; rectangles programs, and inside an application processors; rounded
                its sources and sinks; cylinders its stores; hexagons what lies outside. Any node of an application can put
                a bad record aside, to `dead-letters`: the application's exception handlers do that, which a topology does
                not show.

                ## The whole pipeline

                """);
        page.append(picture.markdown());
        graphs.forEach(graph -> page.append(section(graph)));
        return page.toString();
    }

    private static String section(Graph graph) {
        Application application = graph.application();
        StringBuilder section = new StringBuilder();
        section.append("\n## ").append(application.name()).append("\n\n");
        section.append(Markdown.prose(application.summary())).append("\n\n");
        section.append("`application.id`: ")
                .append(Markdown.code(application.applicationId()))
                .append("\n\n");
        section.append(picture(graph).markdown());
        section.append("\n### Nodes of ").append(application.name()).append("\n\n");
        section.append(nodes(graph));
        section.append("\n### Stores of ").append(application.name()).append("\n\n");
        section.append(stores(graph));
        return section.toString();
    }

    private static Flowchart picture(Graph graph) {
        Flowchart chart = new Flowchart();
        Set<String> parts = new HashSet<>();
        graph.vertices().forEach(vertex -> parts.add(vertex.part()));
        for (Vertex vertex : graph.vertices()) {
            if (parts.size() > 1) {
                chart.add(vertex.part(), node(vertex));
                vertex.stores().forEach(store -> chart.add(vertex.part(), new Node(Shape.STORE, store)));
            } else {
                chart.add(node(vertex));
            }
        }
        for (Vertex vertex : graph.vertices()) {
            draw(graph, vertex, chart);
        }
        return chart;
    }

    private static void draw(Graph graph, Vertex vertex, Flowchart chart) {
        Node node = node(vertex);
        for (String topic : vertex.topics()) {
            if (vertex.kind() == Kind.SOURCE) {
                chart.arrow(topic(topic), node);
            } else {
                chart.arrow(node, topic(topic));
            }
        }
        graph.vertices().stream()
                .filter(other -> vertex.successors().contains(other.name()))
                .forEach(successor -> chart.arrow(node, node(successor)));
        vertex.stores().forEach(store -> chart.line(node, new Node(Shape.STORE, store)));
        graph.effectsOf(vertex).forEach(effect -> chart.arrow(node, system(effect)));
    }

    private static String nodes(Graph graph) {
        List<List<String>> rows = new ArrayList<>();
        for (Vertex vertex : graph.vertices()) {
            boolean source = vertex.kind() == Kind.SOURCE;
            boolean sink = vertex.kind() == Kind.SINK;
            rows.add(List.of(
                    Markdown.code(vertex.name()),
                    vertex.kind().name().toLowerCase(Locale.ROOT),
                    source ? "topic " + Markdown.codes(vertex.topics()) : Markdown.codes(vertex.predecessors()),
                    sink ? "topic " + Markdown.codes(vertex.topics()) : Markdown.codes(vertex.successors()),
                    Markdown.codes(vertex.stores()),
                    effects(graph.effectsOf(vertex))));
        }
        return Markdown.table(List.of("node", "kind", "from", "to", "stores", "outside Kafka"), rows);
    }

    private static String effects(List<ExternalEffect> effects) {
        return String.join(
                "; ",
                effects.stream()
                        .map(effect -> effect.system() + ": " + Markdown.prose(effect.effect()))
                        .toList());
    }

    private static String stores(Graph graph) {
        Application application = graph.application();
        Changelogs changelogs = new Changelogs(application.topology(), application.applicationId());
        List<List<String>> rows = new ArrayList<>();
        graph.processorsByStore()
                .forEach((store, processors) -> rows.add(List.of(
                        Markdown.code(store),
                        Markdown.codes(processors),
                        graph.restoredFrom(store)
                                .or(() -> changelogs.of(store))
                                .map(Markdown::code)
                                .orElse("none"))));
        return rows.isEmpty()
                ? "None.\n"
                : Markdown.table(List.of("store", "used by", "restored from the topic"), rows);
    }

    private static Node node(Vertex vertex) {
        return new Node(vertex.kind() == Kind.PROCESSOR ? Shape.PROCESSOR : Shape.ENDPOINT, vertex.name());
    }

    private static Node topic(String baseName) {
        return new Node(Shape.TOPIC, baseName);
    }

    private static Node system(ExternalEffect effect) {
        return new Node(Shape.EXTERNAL, effect.system());
    }
}
