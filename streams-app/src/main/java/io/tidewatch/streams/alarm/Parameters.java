package io.tidewatch.streams.alarm;

import com.google.re2j.Pattern;
import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.MessageTemplate;
import io.tidewatch.schema.State;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one criteria has and others of its shape don't: metric names, literals, patterns, returns. Immutable, shared by events. */
final class Parameters {
    private final String[] metrics;
    private final Object[] literals;
    private final Pattern[] patterns;
    private final State[] returnStates;
    private final MessageTemplate[] returnMessages;

    Parameters(List<String> metrics, List<Object> literals, List<String> patterns, List<Criteria.Return> returns) {
        this.metrics = metrics.toArray(String[]::new);
        this.literals = literals.toArray();
        this.patterns = patterns.stream().map(Pattern::compile).toArray(Pattern[]::new);
        this.returnStates = returns.stream()
                .map(result -> State.valueOf(result.verdict().name()))
                .toArray(State[]::new);
        this.returnMessages = returns.stream().map(Parameters::message).toArray(MessageTemplate[]::new);
    }

    String metric(int index) {
        return metrics[index];
    }

    Object literal(int index) {
        return literals[index];
    }

    Pattern pattern(int index) {
        return patterns[index];
    }

    Judgement returned(int index, Function<String, ? extends @Nullable Object> values) {
        return new Judgement(returnStates[index], returnMessages[index].render(values));
    }

    private static MessageTemplate message(Criteria.Return result) {
        return MessageTemplate.parse(
                result.message().orElseGet(() -> "Matched return statement on line " + result.line()));
    }
}
