package io.tidewatch.standalone.scenario;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.standalone.scenario.Scenario.Expectation;
import io.tidewatch.standalone.scenario.Scenario.Observation;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Makes a scenario of one YAML document. Throws a {@link ScenarioException} at the first thing that is wrong. */
final class ScenarioReader {
    private static final List<String> KEYS =
            List.of("scenario", "check_type", "period", "zones", "criteria", "observations", "transitions");
    private static final List<String> OBSERVATION_KEYS = List.of("at", "zone", "available", "status", "metrics");
    private static final List<String> TRANSITION_KEYS = List.of("at", "previous", "state", "status");
    private static final String DEFAULT_CHECK_TYPE = "remote.http";

    private final Fields fields;
    private final List<String> zones;

    private ScenarioReader(Node document) {
        fields = Fields.of("a scenario", document, KEYS);
        zones = fields.optional("zones").isEmpty()
                ? List.of()
                : fields.list("zones").stream().map(ScenarioReader::zone).toList();
    }

    static Scenario read(String file, Node document) {
        return new ScenarioReader(document)
                .scenario(file + ":" + (document.getStartMark().getLine() + 1));
    }

    private Scenario scenario(String place) {
        requireDistinctZones();
        String name = Scalars.text("scenario", fields.required("scenario"));
        return new Scenario(
                place,
                name,
                fields.optional("check_type")
                        .map(node -> Scalars.text("check_type", node))
                        .orElse(DEFAULT_CHECK_TYPE),
                Scalars.period("period", fields.required("period")),
                zones,
                criteria(name, fields.required("criteria")),
                fields.list("observations").stream().map(this::observation).toList(),
                fields.optional("transitions")
                        .map(node -> fields.list("transitions").stream()
                                .map(ScenarioReader::expectation)
                                .toList()));
    }

    private void requireDistinctZones() {
        if (zones.stream().distinct().count() < zones.size()) {
            throw new ScenarioException(fields.required("zones").getStartMark(), "'zones' names a zone twice");
        }
    }

    private static String zone(Node node) {
        String zone = Scalars.text("zone", node);
        if (zone.isEmpty() || zone.contains("/")) {
            throw new ScenarioException(
                    node.getStartMark(),
                    "a zone is '" + zone + "', but has to be at least one character, none of them '/'");
        }
        return zone;
    }

    private static String criteria(String name, Node node) {
        String text = Scalars.text("criteria", node);
        try {
            Criteria unused = CriteriaParser.parse(text);
            return text;
        } catch (CriteriaException e) {
            throw new ScenarioException(
                    node.getStartMark(),
                    "'" + name + "': criteria rejected at " + e.line() + ":" + e.column() + ": " + e.getMessage());
        }
    }

    private Observation observation(Node node) {
        Fields observation = Fields.of("an observation", node, OBSERVATION_KEYS);
        return new Observation(
                Scalars.duration("at", observation.required("at")),
                observedZone(node, observation),
                observation
                        .optional("available")
                        .map(value -> Scalars.flag("available", value))
                        .orElse(true),
                observation
                        .optional("status")
                        .map(value -> Scalars.text("status", value))
                        .orElse(""),
                observation.optional("metrics").map(ScenarioReader::metrics).orElse(Map.of()));
    }

    /** Any zone may be named, listed or not; but whether one has to be named depends on the check. */
    private Optional<String> observedZone(Node node, Fields observation) {
        Optional<Node> named = observation.optional("zone");
        if (named.isEmpty() && !zones.isEmpty()) {
            throw new ScenarioException(
                    node.getStartMark(), "an observation has no 'zone', but the scenario has 'zones'");
        }
        if (named.isPresent() && zones.isEmpty()) {
            throw new ScenarioException(
                    named.get().getStartMark(),
                    "an observation has a 'zone', but the scenario has no 'zones': an agent's observations name none");
        }
        return named.map(ScenarioReader::zone);
    }

    private static Map<String, Object> metrics(Node node) {
        Map<String, Object> metrics = new LinkedHashMap<>();
        Fields.mapping("'metrics'", node).forEach((name, value) -> metrics.put(name, Scalars.metric(name, value)));
        return metrics;
    }

    private static Expectation expectation(Node node) {
        Fields transition = Fields.of("a transition", node, TRANSITION_KEYS);
        Duration at = Scalars.duration("at", transition.required("at"));
        return new Expectation(
                at,
                transition.optional("previous").map(value -> Scalars.state("previous", value)),
                Scalars.state("state", transition.required("state")),
                transition.optional("status").map(value -> Scalars.text("status", value)));
    }
}
