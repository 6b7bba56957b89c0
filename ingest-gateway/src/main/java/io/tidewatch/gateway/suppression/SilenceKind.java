package io.tidewatch.gateway.suppression;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tidewatch.api.ResourceJson;
import io.tidewatch.gateway.configuration.ConfigurationView;
import io.tidewatch.gateway.http.JsonFields;
import io.tidewatch.gateway.records.ResourcePath;
import io.tidewatch.gateway.resource.ResourceFields;
import io.tidewatch.gateway.resource.ResourceKind;
import io.tidewatch.gateway.resource.TimeSpan;
import io.tidewatch.schema.AlarmMatcher;
import io.tidewatch.schema.Silence;
import io.tidewatch.topics.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Silences: times in which nobody is told of problems of the alarms that some conditions hit. */
public final class SilenceKind implements ResourceKind<Silence> {
    private static final String AUTHOR = "author";
    private static final String REASON = "reason";
    private static final String MATCHERS = "matchers";
    private static final Set<String> FIELDS =
            Set.of("label", AUTHOR, REASON, TimeSpan.START_TIME, TimeSpan.END_TIME, MATCHERS);
    private static final int MAX_AUTHOR_CHARS = 255;
    private static final int MAX_REASON_CHARS = 1000;

    private final Duration longest;
    private final int maxPerTenant;

    /** @param longest from its start to its end */
    public SilenceKind(Duration longest, int maxPerTenant) {
        this.longest = longest;
        this.maxPerTenant = maxPerTenant;
    }

    @Override
    public String noun() {
        return "Silence";
    }

    @Override
    public String idPrefix() {
        return "si";
    }

    @Override
    public String collection() {
        return "silences";
    }

    @Override
    public Topic topic() {
        return Topic.SILENCES;
    }

    @Override
    public Class<Silence> recordClass() {
        return Silence.class;
    }

    @Override
    public ResourcePath path(Silence silence) {
        return ResourcePath.of(silence.getTenantId(), silence.getSilenceId());
    }

    @Override
    public int maxPerTenant() {
        return maxPerTenant;
    }

    @Override
    public Silence read(
            ResourcePath path, ObjectNode object, Instant createdAt, Instant updatedAt, ConfigurationView view) {
        JsonFields fields = new JsonFields(object, "", FIELDS);
        Optional<Instant> before = view.table(Silence.class).get(path).map(Silence::getStartTime);
        TimeSpan span = TimeSpan.read(fields, before, updatedAt);
        if (span.length().compareTo(longest) > 0) {
            throw fields.bad(
                    TimeSpan.END_TIME,
                    "may be " + longest.toSeconds() + " seconds later than start_time, which is "
                            + span.start().toEpochMilli());
        }
        return Silence.newBuilder()
                .setTenantId(path.tenantId())
                .setSilenceId(path.id())
                .setLabel(ResourceFields.label(fields))
                .setAuthor(fields.requiredText(AUTHOR, 1, MAX_AUTHOR_CHARS))
                .setReason(fields.requiredText(REASON, 1, MAX_REASON_CHARS))
                .setStartTime(span.start())
                .setEndTime(span.end())
                .setMatchers(MatcherJson.demanding(fields, MATCHERS))
                .setCreatedAt(createdAt)
                .setUpdatedAt(updatedAt)
                .build();
    }

    /** The matchers of a silence that nobody has made yet: the other fields may be missing. */
    static List<AlarmMatcher> matchers(ObjectNode unsaved) {
        return MatcherJson.demanding(new JsonFields(unsaved, "", FIELDS), MATCHERS);
    }

    @Override
    public ObjectNode write(Silence silence) {
        ObjectNode node = ResourceJson.start(silence.getSilenceId())
                .put("label", silence.getLabel())
                .put(AUTHOR, silence.getAuthor())
                .put(REASON, silence.getReason())
                .put(TimeSpan.START_TIME, silence.getStartTime().toEpochMilli())
                .put(TimeSpan.END_TIME, silence.getEndTime().toEpochMilli());
        node.set(MATCHERS, MatcherJson.write(silence.getMatchers()));
        return ResourceJson.finish(node, silence.getCreatedAt(), silence.getUpdatedAt());
    }
}
