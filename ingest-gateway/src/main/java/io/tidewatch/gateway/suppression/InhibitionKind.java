package io.tidewatch.gateway.suppression;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.Json;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.resource.ResourceFields;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.Inhibition;
import io.tidewatch.schema.State;
import io.tidewatch.topics.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Inhibitions: while a source has a problem, nobody is told of problems of its targets. */
public final class InhibitionKind implements ResourceKind<Inhibition> {
    private static final String SOURCE = "source";
    private static final String SOURCE_STATES = "source_states";
    private static final String TARGET = "target";
    private static final String EQUAL = "equal";
    private static final Set<String> FIELDS = Set.of("label", SOURCE, SOURCE_STATES, TARGET, EQUAL);
    private static final List<String> PROBLEMS =
            List.of(State.WARNING.name(), State.CRITICAL.name(), State.UNKNOWN.name());
    private static final int MAX_EQUAL = 8;
    private static final int MAX_STATE_CHARS = 10;

    private final int maxPerTenant;

    public InhibitionKind(int maxPerTenant) {
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Inhibition";
    }

    @Override
    public String idPrefix() {
        return "ih";
    }

    @Override
    public String collection() {
        return "inhibitions";
    }

    @Override
    public Topic topic() {
        return Topic.INHIBITIONS;
    }

    @Override
    public Class<Inhibition> recordClass() {
        return Inhibition.class;
    }

    @Override
    public ResourcePath path(Inhibition inhibition) {
        return ResourcePath.of(inhibition.getTenantId(), inhibition.getInhibitionId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Inhibition read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        List<String> equal = equal(fields);
        return Inhibition.newBuilder()
                .setTenantId(path.tenantId())
                .setInhibitionId(path.id())
                .setLabel(ResourceFields.label(fields))
                .setSource(MatcherJson.demanding(fields, SOURCE))
                .setSourceStates(sourceStates(fields))
                .setTarget(target(fields, equal))
                .setEqual(equal)
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    @Override
    public ObjectNode write(Inhibition inhibition) {
        ObjectNode node = ResourceJson.start(inhibition.getInhibitionId()).put("label", inhibition.getLabel());
        node.set(SOURCE, MatcherJson.write(inhibition.getSource()));
        node.set(
                SOURCE_STATES,
                Json.MAPPER.valueToTree(
                        inhibition.getSourceStates().stream().map(State::name).toList()));
        node.set(TARGET, MatcherJson.write(inhibition.getTarget()));
        node.set(EQUAL, Json.MAPPER.valueToTree(inhibition.getEqual()));
        return ResourceJson.finish(node, inhibition.getCreatedAt(), inhibition.getUpdatedAt());
    }

    /** What has to share a field with the source can't be everything. */
    private static List<AlarmMatcher> target(JsonFields fields, List<String> equal) {
        if (equal.isEmpty()) {
            return MatcherJson.demanding(fields, TARGET);
        }
        List<AlarmMatcher> target = MatcherJson.read(fields, TARGET);
        if (target.isEmpty()) {
            throw fields.bad(TARGET, "has to have a matcher");
        }
        return target;
    }

    private static List<String> equal(JsonFields fields) {
        List<String> equal = fields.textList(EQUAL, MAX_EQUAL, MatcherJson.MAX_FIELD_CHARS);
        for (int i = 0; i < equal.size(); i++) {
            MatcherJson.requireField(fields, EQUAL + "[" + i + "]", equal.get(i));
        }
        return equal;
    }

    private static List<State> sourceStates(JsonFields fields) {
        List<State> states = new ArrayList<>();
        List<String> names = fields.textList(SOURCE_STATES, PROBLEMS.size(), MAX_STATE_CHARS);
        for (int i = 0; i < names.size(); i++) {
            if (!PROBLEMS.contains(names.get(i))) {
                throw fields.bad(SOURCE_STATES + "[" + i + "]", "has to be one of " + String.join(", ", PROBLEMS));
            }
            states.add(State.valueOf(names.get(i)));
        }
        return states;
    }
}
