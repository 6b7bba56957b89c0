package io.tidewatch.streams.alarm.engine;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.MessageTemplate;
import io.tidewatch.criteria.TypeDemand;
import io.tidewatch.pattern.PatternUse;
import io.tidewatch.pattern.UserPattern;
import io.tidewatch.schema.CheckResult;
import io.tidewatch.schema.Metric;
import io.tidewatch.schema.State;
import io.tidewatch.schema.state.CarriedMetric;
import io.tidewatch.schema.state.ZoneMemory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final UserPattern[] patterns;
    private final MatchingCost[] matchingCosts;
    private final long standingSteps;
    private final State[] returnStates;
    private final MessageTemplate[] returnMessages;
    private final List<List<List<WalkedComparison>>> walks;

    /**
     * What tells one wording from others.
     *
     * @param metrics the names of all metrics that the criteria mentions
     * @param demands what it demands of their types
     * @param patterns its regular expressions
     * @param matched what they are matched against
     * @param comparisons how many it makes at most
     * @param returns its returns
     * @param remembered the metrics whose earlier values it asks for
     */
    record Words(
            List<String> metrics,
            List<TypeDemand> demands,
            List<String> patterns,
            List<Matched> matched,
            int comparisons,
            List<Criteria.Return> returns,
            Set<String> remembered) {
        Words {
            metrics = List.copyOf(metrics);
            demands = List.copyOf(demands);
            patterns = List.copyOf(patterns);
            matched = List.copyOf(matched);
            returns = List.copyOf(returns);
            remembered = Set.copyOf(remembered);
        }
    }

    /**
     * A pattern and the metric whose text it is matched against.
     *
     * @param previous whether it is the metric's earlier value
     */
    record Matched(int pattern, int metric, boolean previous) {}

    /** How many instructions all patterns together have that are matched against one text. */
    private record MatchingCost(String metric, boolean previous, long instructions) {}

    /** @param walks the conditions that are walked, each in disjunctive form */
    Wording(Words words, List<List<List<WalkedComparison>>> walks) {
        this.words = words;
        this.demandedMetrics = words.demands().stream()
                .mapToInt(demand -> words.metrics().indexOf(demand.metric()))
                .toArray();
        this.patterns = words.patterns().stream()
                .map(pattern -> UserPattern.compile(pattern, PatternUse.CRITERIA))
                .toArray(UserPattern[]::new);
        this.matchingCosts = matchingCosts();
        this.returnStates = words.returns().stream()
                .map(result -> State.valueOf(result.verdict().name()))
                .toArray(State[]::new);
        this.returnMessages = words.returns().stream().map(Wording::message).toArray(MessageTemplate[]::new);
        this.standingSteps = WorkBudget.standingSteps(words.comparisons(), longestMessage());
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

    UserPattern pattern(int index) {
        return patterns[index];
    }

    /** What each observation costs at most, whatever is in it, in the steps of {@link WorkBudget}. */
    long standingSteps() {
        return standingSteps;
    }

    boolean hasPatterns() {
        return matchingCosts.length > 0;
    }

    /** What matching a result costs at most, in the steps of {@link WorkBudget}. */
    long matchingSteps(CheckResult result, @Nullable ZoneMemory before) {
        long steps = 0;
        for (MatchingCost cost : matchingCosts) {
            steps += cost.instructions() * length(text(cost, result, before));
        }
        return steps;
    }

    /** The comparisons of a condition that is walked, in disjunctive form. */
    List<List<WalkedComparison>> walk(int index) {
        return walks.get(index);
    }

    Judgement returned(int index, Function<String, ? extends @Nullable Object> values) {
        return new Judgement(returnStates[index], returnMessages[index].render(values));
    }

    private MatchingCost[] matchingCosts() {
        Map<MatchingCost, Long> instructions = new LinkedHashMap<>();
        for (Matched matched : words.matched()) {
            MatchingCost text = new MatchingCost(metric(matched.metric()), matched.previous(), 0);
            instructions.merge(text, (long) patterns[matched.pattern()].instructions(), Long::sum);
        }
        return instructions.entrySet().stream()
                .map(entry ->
                        new MatchingCost(entry.getKey().metric(), entry.getKey().previous(), entry.getValue()))
                .toArray(MatchingCost[]::new);
    }

    private static @Nullable Object text(MatchingCost cost, CheckResult result, @Nullable ZoneMemory before) {
        if (cost.previous()) {
            CarriedMetric earlier = before == null ? null : ZoneMemories.earlier(before, cost.metric());
            return earlier == null ? null : earlier.getValue();
        }
        Metric now = result.getMetrics().get(cost.metric());
        return now == null ? null : now.getValue();
    }

    /** Matching no text at all is a step for each instruction, too. */
    private static int length(@Nullable Object value) {
        return value instanceof String text ? text.length() + 1 : 1;
    }

    private int longestMessage() {
        return Arrays.stream(returnMessages)
                .mapToInt(MessageTemplate::parts)
                .max()
                .orElse(0);
    }

    private static MessageTemplate message(Criteria.Return result) {
        return MessageTemplate.parse(
                result.message().orElseGet(() -> "Matched return statement on line " + result.line()));
    }
}
