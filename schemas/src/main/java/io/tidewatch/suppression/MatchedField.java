package io.tidewatch.suppression;

import io.tidewatch.schema.State;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A field of an alarm that conditions compare.
 *
 * @param name as users write it
 * @param of its value; the empty text where an alarm has none
 */
public record MatchedField(String name, Function<Subject, String> of) {
    private static final String STATE = "state";

    private static final Map<String, Function<Subject, String>> PLAIN = new TreeMap<>(Map.of(
            "entity_id",
            subject -> subject.entity().id(),
            "entity_label",
            subject -> subject.entity().label(),
            "check_id",
            subject -> subject.check().id(),
            "check_label",
            subject -> subject.check().label(),
            "check_type",
            Subject::checkType,
            "alarm_id",
            subject -> subject.alarm().id(),
            "alarm_label",
            subject -> subject.alarm().label(),
            "notification_plan_id",
            Subject::planId,
            STATE,
            subject -> subject.state().map(State::name).orElse("")));

    private static final Map<String, Function<Subject, Subject.Named>> METADATA = new TreeMap<>(Map.of(
            "entity_metadata.", Subject::entity, "check_metadata.", Subject::check, "alarm_metadata.", Subject::alarm));

    /** What {@link #parse} takes, for people. */
    public static final String ACCEPTED =
            String.join(", ", PLAIN.keySet()) + ", or one of " + String.join("KEY, ", METADATA.keySet()) + "KEY";

    /** The field of that name; empty when there is none. */
    public static Optional<MatchedField> parse(String name) {
        Function<Subject, String> plain = PLAIN.get(name);
        if (plain != null) {
            return Optional.of(new MatchedField(name, plain));
        }
        return METADATA.entrySet().stream()
                .filter(of -> name.startsWith(of.getKey())
                        && name.length() > of.getKey().length())
                .findFirst()
                .map(of -> metadata(name, name.substring(of.getKey().length()), of.getValue()));
    }

    private static MatchedField metadata(String name, String key, Function<Subject, Subject.Named> of) {
        return new MatchedField(name, subject -> of.apply(subject).metadata().getOrDefault(key, ""));
    }

    boolean isState() {
        return name.equals(STATE);
    }
}
