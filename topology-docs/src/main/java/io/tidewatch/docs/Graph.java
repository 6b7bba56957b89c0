package io.tidewatch.docs;

import io.tidewatch.runtime.application.ExternalEffect;
import io.tidewatch.topics.Topic;
import io.tidewatch.topics.TopicNames;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.kafka.streams.TopologyDescription;

/**
 * An application's graph as its topology describes itself, checked for what would make the documentation untrue.
 *
 * @param vertices every node, in the order in which a record meets them
 */
record Graph(Application application, List<Vertex> vertices) {
    /** The topic of a sink that decides for each record where it goes. */
    static final String CHOSEN_PER_RECORD = "(chosen per record)";

    private static final String GLOBAL_STORE = "global store ";

    Graph {
        vertices = List.copyOf(vertices);
    }

    /** What a node of a topology does. */
    enum Kind {
        SOURCE,
        PROCESSOR,
        SINK
    }

    /**
     * One node of the topology.
     *
     * @param part the sub-topology or global store that it belongs to
     * @param topics what a source reads or a sink writes, by base name; empty for a processor
     * @param depth how many nodes a record has passed at most before this one
     */
    record Vertex(
            String part,
            Kind kind,
            String name,
            SortedSet<String> topics,
            SortedSet<String> predecessors,
            SortedSet<String> successors,
            SortedSet<String> stores,
            int depth) {}

    /**
     * @throws IllegalArgumentException when a topic is not in the catalogue, an external effect names a node that does not
     *     exist, or a processor leads nowhere, has no store and declares no external effect
     */
    static Graph of(Application application) {
        TopologyDescription description = application.topology().describe();
        List<Vertex> vertices = new ArrayList<>();
        for (TopologyDescription.Subtopology part : description.subtopologies()) {
            addAll(vertices, "sub-topology " + part.id(), part.nodes());
        }
        for (TopologyDescription.GlobalStore global : description.globalStores()) {
            addAll(vertices, GLOBAL_STORE + global.id(), Set.of(global.source(), global.processor()));
        }
        Graph graph = new Graph(application, vertices);
        graph.requireTruth();
        return graph;
    }

    /** Base names of the topics that its sources read. */
    SortedSet<String> read() {
        return topics(Kind.SOURCE);
    }

    /** Base names of the topics that its sinks write. */
    SortedSet<String> written() {
        return topics(Kind.SINK);
    }

    /** The names of the processors that use each store. */
    SortedMap<String, SortedSet<String>> processorsByStore() {
        SortedMap<String, SortedSet<String>> processors = new TreeMap<>();
        for (Vertex vertex : vertices) {
            vertex.stores()
                    .forEach(store -> processors
                            .computeIfAbsent(store, name -> new TreeSet<>())
                            .add(vertex.name()));
        }
        return processors;
    }

    /** The topic that a global store is filled and restored from; empty for a store of the tasks' own. */
    Optional<String> restoredFrom(String store) {
        return vertices.stream()
                .filter(vertex -> vertex.part().startsWith(GLOBAL_STORE)
                        && vertex.stores().contains(store))
                .flatMap(keeper ->
                        vertices.stream().filter(source -> source.successors().contains(keeper.name())))
                .flatMap(source -> source.topics().stream())
                .findFirst();
    }

    /** What a node does outside Kafka. */
    List<ExternalEffect> effectsOf(Vertex vertex) {
        return application.effects().stream()
                .filter(effect -> effect.node().equals(vertex.name()))
                .toList();
    }

    private SortedSet<String> topics(Kind kind) {
        SortedSet<String> topics = new TreeSet<>();
        vertices.stream().filter(vertex -> vertex.kind() == kind).forEach(vertex -> topics.addAll(vertex.topics()));
        return topics;
    }

    private void requireTruth() {
        List<String> names = vertices.stream().map(Vertex::name).toList();
        for (ExternalEffect effect : application.effects()) {
            require(
                    names.contains(effect.node()),
                    "declares an effect of the node " + effect.node() + ", but its nodes are " + names);
        }
        for (Vertex vertex : vertices) {
            require(
                    vertex.kind() != Kind.PROCESSOR
                            || !vertex.successors().isEmpty()
                            || !vertex.stores().isEmpty()
                            || !effectsOf(vertex).isEmpty(),
                    "has a node " + vertex.name() + " that leads nowhere: declare its external effect");
        }
    }

    private void require(boolean holds, String fault) {
        if (!holds) {
            throw new IllegalArgumentException("The application " + application.name() + " " + fault);
        }
    }

    private static void addAll(List<Vertex> vertices, String part, Set<? extends TopologyDescription.Node> nodes) {
        Map<String, Integer> depths = new HashMap<>();
        nodes.stream()
                .map(node -> vertex(part, node, depth(node, depths)))
                .sorted(Comparator.comparingInt(Vertex::depth).thenComparing(Vertex::name))
                .forEach(vertices::add);
    }

    private static Vertex vertex(String part, TopologyDescription.Node node, int depth) {
        Kind kind = Kind.PROCESSOR;
        SortedSet<String> topics = new TreeSet<>();
        SortedSet<String> stores = new TreeSet<>();
        if (node instanceof TopologyDescription.Source source) {
            kind = Kind.SOURCE;
            topics.addAll(readBy(source));
        } else if (node instanceof TopologyDescription.Sink sink) {
            kind = Kind.SINK;
            topics.add(writtenBy(sink));
        } else if (node instanceof TopologyDescription.Processor processor) {
            stores.addAll(processor.stores());
        }
        return new Vertex(
                part, kind, node.name(), topics, names(node.predecessors()), names(node.successors()), stores, depth);
    }

    private static List<String> readBy(TopologyDescription.Source source) {
        Set<String> topics = source.topicSet();
        return topics == null
                ? List.of(source.topicPattern().pattern())
                : topics.stream().map(Graph::baseName).toList();
    }

    private static String writtenBy(TopologyDescription.Sink sink) {
        String topic = sink.topic();
        return topic == null ? CHOSEN_PER_RECORD : baseName(topic);
    }

    private static String baseName(String topic) {
        TopicNames names = TopicNames.withDefaultPrefix();
        Optional<String> baseName = Stream.concat(
                        Arrays.stream(Topic.values())
                                .filter(ours -> names.of(ours).equals(topic))
                                .map(Topic::baseName),
                        Stream.of(topic).filter(name -> name.endsWith("-repartition")))
                .findFirst();
        return baseName.orElseThrow(
                () -> new IllegalArgumentException("The topic " + topic + " is not in the topic catalogue"));
    }

    private static int depth(TopologyDescription.Node node, Map<String, Integer> known) {
        Integer depth = known.get(node.name());
        if (depth == null) {
            depth = node.predecessors().stream()
                    .mapToInt(predecessor -> 1 + depth(predecessor, known))
                    .max()
                    .orElse(0);
            known.put(node.name(), depth);
        }
        return depth;
    }

    private static SortedSet<String> names(Set<TopologyDescription.Node> nodes) {
        SortedSet<String> names = new TreeSet<>();
        nodes.forEach(node -> names.add(node.name()));
        return names;
    }
}
