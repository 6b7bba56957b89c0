package io.tidewatch.streams.alarm;

import com.google.re2j.Pattern;
import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.MessageTemplate;
import io.tidewatch.criteria.TypeDemand;
import io.tidewatch.schema.State;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What one criteria has and others of its shape don't: metric names, literals, patterns, returns. Immutable, shared by events. */
final class Parameters {
    private final String[] metrics;
    private final int[] demandedMetrics;
    private final TypeDemand.Kind[] demandedKinds;
    private final Object[] literals;
    private final Pattern[] patterns;
    private final long instructions;
    private final State[] returnStates;
    private final MessageTemplate[] returnMessages;
    private final List<List<List<WalkedComparison>>> walks;

    Parameters(
            List<String> metrics,
            List<TypeDemand> demands,
            List<Object> literals,
            List<String> patterns,
            List<Criteria.Return> returns,
            List<List<List<WalkedComparison>>> walks) {
        this.metrics = metrics.toArray(String[]::new);
        this.demandedMetrics = demands.stream()
                .mapToInt(demand -> metrics.indexOf(demand.metric()))
                .toArray();
        this.demandedKinds = demands.stream().map(TypeDemand::kind).toArray(TypeDemand.Kind[]::new);
        this.literals = literals.toArray();
        this.patterns = patterns.stream().map(Pattern::compile).toArray(Pattern[]::new);
        this.instructions =
                Arrays.stream(this.patterns).mapToLong(Pattern::programSize).sum();
        this.returnStates = returns.stream()
                .map(result -> State.valueOf(result.verdict().name()))
                .toArray(State[]::new);
        this.returnMessages = returns.stream().map(Parameters::message).toArray(MessageTemplate[]::new);
        this.walks = List.copyOf(walks);
    }

    int metrics() {
        return metrics.length;
    }

    String metric(int index) {
        return metrics[index];
    }

    /** How many demands the criteria makes of its metrics' types. */
    int demands() {
        return demandedMetrics.length;
    }

    /** Which metric the demand is about. */
    int demandedMetric(int demand) {
        return demandedMetrics[demand];
    }

    TypeDemand.Kind demandedKind(int demand) {
        return demandedKinds[demand];
    }

    Object literal(int index) {
        return literals[index];
    }

    Pattern pattern(int index) {
        return patterns[index];
    }

    /** The comparisons of a condition that is walked, in disjunctive form. */
    List<List<WalkedComparison>> walk(int index) {
        return walks.get(index);
    }

    /** The size of all patterns: how long matching takes for each character. */
    long instructions() {
        return instructions;
    }

    Judgement returned(int index, Function<String, ? extends @Nullable Object> values) {
        return new Judgement(returnStates[index], returnMessages[index].render(values));
    }

    private static MessageTemplate message(Criteria.Return result) {
        return MessageTemplate.parse(
                result.message().orElseGet(() -> "Matched return statement on line " + result.line()));
    }
}
