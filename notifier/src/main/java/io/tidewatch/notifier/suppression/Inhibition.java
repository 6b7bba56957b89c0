package io.tidewatch.notifier.suppression;

import io.tidewatch.schema.State;
import io.tidewatch.suppression.MatchedField;
import io.tidewatch.suppression.Matchers;
import io.tidewatch.suppression.Subject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A rule: while a source has a problem, problems of targets that share some fields with it are not told. An alarm that lacks one of
 * those fields is neither: what two alarms both do not have makes nothing of them that belongs together.
 *
 * @param id for people
 * @param states in which a source has a problem
 * @param equal the fields that have to be the same
 */
public record Inhibition(String id, Matchers source, Set<State> states, Matchers target, List<MatchedField> equal) {
    public Inhibition {
        states = Set.copyOf(states);
        equal = List.copyOf(equal);
    }

    /** The values that its targets have to share, if it is a source that has a problem. */
    Optional<List<String>> groupOfSource(Subject subject) {
        return subject.state().filter(states::contains).isPresent() && source.match(subject)
                ? group(subject)
                : Optional.empty();
    }

    /** The values that its sources have to share, if it is a target. */
    Optional<List<String>> groupOfTarget(Subject subject) {
        return target.match(subject) ? group(subject) : Optional.empty();
    }

    private Optional<List<String>> group(Subject subject) {
        List<String> values =
                equal.stream().map(field -> field.of().apply(subject)).toList();
        return values.contains("") ? Optional.empty() : Optional.of(values);
    }
}
