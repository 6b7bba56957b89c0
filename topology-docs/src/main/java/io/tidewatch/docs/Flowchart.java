package io.tidewatch.docs;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A Mermaid flowchart under construction, drawn from left to right. Nodes with the same shape and label are one node;
 * nodes and arrows appear in the order in which they were added first. One thread.
 *
 * <p>Source for the escapes: <a href="https://mermaid.js.org/syntax/flowchart.html">Mermaid, flowchart syntax</a>.
 */
final class Flowchart {
    private static final Pattern MARKUP = Pattern.compile("[\"#<>&`]");
    private static final String NO_GROUP = "";

    private final Map<Node, String> ids = new LinkedHashMap<>();
    private final Map<String, Set<Node>> nodesByGroup = new LinkedHashMap<>();
    private final Set<String> arrows = new LinkedHashSet<>();

    Flowchart() {
        nodesByGroup.put(NO_GROUP, new LinkedHashSet<>());
    }

    /** What a node of the picture stands for. */
    enum Shape {
        TOPIC("[/\"", "\"/]"),
        ENDPOINT("([\"", "\"])"),
        PROCESSOR("[\"", "\"]"),
        STORE("[(\"", "\")]"),
        EXTERNAL("{{\"", "\"}}");

        private final String opening;
        private final String closing;

        Shape(String opening, String closing) {
            this.opening = opening;
            this.closing = closing;
        }
    }

    /** One node of the picture. */
    record Node(Shape shape, String label) {}

    /** Adds a node outside every group, unless it is there already. */
    void add(Node node) {
        add(NO_GROUP, node);
    }

    /** Adds a node inside a titled frame, unless it is there already. */
    void add(String group, Node node) {
        if (!ids.containsKey(node)) {
            ids.put(node, freeId(node));
            nodesByGroup.computeIfAbsent(group, title -> new LinkedHashSet<>()).add(node);
        }
    }

    /** Data goes from one node to the other; adds the nodes where they are missing. */
    void arrow(Node from, Node to) {
        connect(from, " --> ", to);
    }

    /** Both belong together, in no direction; adds the nodes where they are missing. */
    void line(Node one, Node other) {
        connect(one, " --- ", other);
    }

    /** The picture as a fenced block that GitHub renders. */
    String markdown() {
        StringBuilder chart = new StringBuilder("```mermaid\nflowchart LR\n");
        int groups = 0;
        for (Map.Entry<String, Set<Node>> group : nodesByGroup.entrySet()) {
            boolean framed = !group.getKey().equals(NO_GROUP);
            if (framed) {
                chart.append("    subgraph group_%d[\"%s\"]\n".formatted(++groups, escaped(group.getKey())));
            }
            for (Node node : group.getValue()) {
                chart.append(framed ? "        " : "    ").append(declaration(node));
            }
            if (framed) {
                chart.append("    end\n");
            }
        }
        arrows.forEach(arrow -> chart.append("    ").append(arrow).append('\n'));
        return chart.append("```\n").toString();
    }

    private void connect(Node from, String arrow, Node to) {
        add(from);
        add(to);
        arrows.add(ids.get(from) + arrow + ids.get(to));
    }

    private String declaration(Node node) {
        return ids.get(node) + node.shape().opening + escaped(node.label()) + node.shape().closing + "\n";
    }

    /** Ids carry the shape's name, so that none is a word of Mermaid's own, such as {@code end}. */
    private String freeId(Node node) {
        String wanted = (node.shape() + "_" + node.label()).replaceAll("[^A-Za-z0-9]+", "_");
        String id = wanted;
        for (int number = 2; ids.containsValue(id); number++) {
            id = wanted + "_" + number;
        }
        return id;
    }

    private static String escaped(String label) {
        return MARKUP.matcher(label).replaceAll(sign -> "#" + sign.group().codePointAt(0) + ";");
    }
}
