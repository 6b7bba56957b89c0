package io.tidewatch.streams.alarm.engine;

import com.google.re2j.Pattern;
import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.MessageTemplate;
import io.tidewatch.criteria.TypeDemand;
import io.tidewatch.schema.State;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The metric names, patterns and returns of one criteria: what its shape leaves open, except for its literals. Alarms that
 * were made from one template differ in thresholds and share this: see {@link CriteriaShapes#prepare}. Immutable.
 */
public final class Wording {
    private final Words words;
    private final int[] demandedMetrics;
    private final Pattern[] patterns;
    private final long instructions;
    private final State[] returnStates;
    private final MessageTemplate[] returnMessages;
    private final List<List<List<WalkedComparison>>> walks;

    /**
     * What tells one wording from others.
     *
     * @param metrics the names of all metrics that the criteria mentions
     * @param demands what it demands of their types
     * @param patterns its regular expressions
     * @param returns its returns
     * @param remembered the metrics whose earlier values it asks for
     */
    record Words(
            List<String> metrics,
            List<TypeDemand> demands,
            List<String> patterns,
            List<Criteria.Return> returns,
            Set<String> remembered) {
        Words {
            metrics = List.copyOf(metrics);
            demands = List.copyOf(demands);
            patterns = List.copyOf(patterns);
            returns = List.copyOf(returns);
            remembered = Set.copyOf(remembered);
        }
    }

    /** @param walks the conditions that are walked, each in disjunctive form */
    Wording(Words words, List<List<List<WalkedComparison>>> walks) {
        this.words = words;
        this.demandedMetrics = words.demands().stream()
                .mapToInt(demand -> words.metrics().indexOf(demand.metric()))
                .toArray();
        this.patterns = words.patterns().stream().map(Pattern::compile).toArray(Pattern[]::new);
        this.instructions =
                Arrays.stream(this.patterns).mapToLong(Pattern::programSize).sum();
        this.returnStates = words.returns().stream()
                .map(result -> State.valueOf(result.verdict().name()))
                .toArray(State[]::new);
        this.returnMessages = words.returns().stream().map(Wording::message).toArray(MessageTemplate[]::new);
        this.walks = List.copyOf(walks);
    }

    int metrics() {
        return words.metrics().size();
    }

    String metric(int index) {
        return words.metrics().get(index);
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
        return words.demands().get(demand).kind();
    }

    public Set<String> remembered() {
        return words.remembered();
    }

    Pattern pattern(int index) {
        return patterns[index];
    }

    /** How large all patterns together are; times a text's length, how long matching can take. */
    long instructions() {
        return instructions;
    }

    /** The comparisons of a condition that is walked, in disjunctive form. */
    List<List<WalkedComparison>> walk(int index) {
        return walks.get(index);
    }

    Judgement returned(int index, Function<String, ? extends @Nullable Object> values) {
        return new Judgement(returnStates[index], returnMessages[index].render(values));
    }

    private static MessageTemplate message(Criteria.Return result) {
        return MessageTemplate.parse(
                result.message().orElseGet(() -> "Matched return statement on line " + result.line()));
    }
}
