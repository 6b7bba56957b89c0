package io.tidewatch.standalone.scenario;

import io.tidewatch.criteria.Criteria;
import io.tidewatch.criteria.TypeDemand;
import io.tidewatch.standalone.scenario.Scenario.Observation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Makes a scenario in which any accepted criteria comes to a decision, so that the engine can show that it evaluates it: an
 * agent reports the metrics that the criteria names, of the types that it demands, again and again.
 */
public final class Trial {
    private static final Duration PERIOD = Duration.ofMinutes(1);

    /** The largest consecutiveCount, and one more: only from the second on do functions have an earlier value. */
    private static final int OBSERVATIONS = 6;

    private Trial() {}

    /**
     * @param place what to call it in reports
     * @param text what was parsed
     */
    public static Scenario of(String place, String text, Criteria criteria) {
        Map<String, Object> metrics = metrics(criteria);
        List<Observation> observations = IntStream.range(0, OBSERVATIONS)
                .mapToObj(number -> new Observation(
                        PERIOD.multipliedBy(number), Optional.empty(), true, "observed " + number, metrics))
                .toList();
        return new Scenario(place, place, "agent.trial", PERIOD, List.of(), text, observations, Optional.empty());
    }

    /** Why the engine has not evaluated a trial; empty when it has. */
    public static Optional<String> failure(Performance performance) {
        return performance
                .disabledReason()
                .or(() -> performance.transitions().isEmpty()
                        ? Optional.of("the engine came to no decision")
                        : Optional.empty());
    }

    /** Where demands contradict each other, the first counts. */
    private static Map<String, Object> metrics(Criteria criteria) {
        Map<String, Object> metrics = new HashMap<>();
        for (TypeDemand demand : criteria.typeDemandsInOrder()) {
            metrics.putIfAbsent(demand.metric(), demand.kind() == TypeDemand.Kind.TEXT ? "1" : (Object) 1L);
        }
        criteria.metricsInOrder().forEach(name -> metrics.putIfAbsent(name, 1L));
        return metrics;
    }
}
