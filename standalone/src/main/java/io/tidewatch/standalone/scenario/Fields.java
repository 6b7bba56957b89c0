package io.tidewatch.standalone.scenario;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The keys of one YAML mapping and their values, each key known and there once. */
final class Fields {
    private final String what;
    private final Mark mark;
    private final Map<String, Node> values;

    private Fields(String what, Mark mark, Map<String, Node> values) {
        this.what = what;
        this.mark = mark;
        this.values = values;
    }

    /**
     * @param what what the mapping is, for messages, such as {@code an observation}
     * @throws ScenarioException when the node is no mapping, or has a key that is not accepted
     */
    static Fields of(String what, Node node, List<String> accepted) {
        Map<String, Node> values = mapping(what, node);
        for (NodeTuple tuple : ((MappingNode) node).getValue()) {
            String key = Scalars.text("key", tuple.getKeyNode());
            if (!accepted.contains(key)) {
                throw new ScenarioException(
                        tuple.getKeyNode().getStartMark(),
                        "unknown key '" + key + "' in " + what + "; accepted are " + String.join(", ", accepted));
            }
        }
        return new Fields(what, node.getStartMark(), values);
    }

    /**
     * A mapping with any keys, in the order of the text.
     *
     * @throws ScenarioException when the node is no mapping, or has a key twice
     */
    static Map<String, Node> mapping(String what, Node node) {
        if (!(node instanceof MappingNode mapping)) {
            throw new ScenarioException(node.getStartMark(), what + " has to be a mapping of keys to values");
        }
        Map<String, Node> values = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            String key = Scalars.text("key", tuple.getKeyNode());
            if (values.put(key, tuple.getValueNode()) != null) {
                throw new ScenarioException(
                        tuple.getKeyNode().getStartMark(), "'" + key + "' is in " + what + " twice");
            }
        }
        return values;
    }

    /** @throws ScenarioException when it isn't there */
    Node required(String key) {
        Node node = values.get(key);
        if (node == null) {
            throw new ScenarioException(mark, what + " has no '" + key + "'");
        }
        return node;
    }

    Optional<Node> optional(String key) {
        return Optional.ofNullable(values.get(key));
    }

    /**
     * The elements of a list; nothing at all stands for none.
     *
     * @throws ScenarioException when it isn't there, or no list
     */
    List<Node> list(String key) {
        Node node = required(key);
        if (node instanceof SequenceNode sequence) {
            return sequence.getValue();
        }
        if (Scalars.isNothing(node)) {
            return List.of();
        }
        throw new ScenarioException(node.getStartMark(), "'" + key + "' has to be a list");
    }
}
