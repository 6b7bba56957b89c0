package io.tidewatch.benchmarks.restart;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far behind the copies of a streams process are, from its metrics: the lag of its restore consumers. Pure. */
final class StandbyLag {
    private static final Pattern LAG = Pattern.compile(
            "^kafka_consumer_fetch_manager_records_lag\\{[^}]*restore-consumer[^}]*}\\s+(\\S+)$", Pattern.MULTILINE);

    private StandbyLag() {}

    /** @return records behind, over all stores; empty when there is no such metric, as before the first fetch */
    static Optional<Double> in(String metrics) {
        Matcher matcher = LAG.matcher(metrics);
        double sum = 0;
        boolean found = false;
        while (matcher.find()) {
            double lag = Double.parseDouble(matcher.group(1));
            sum += Double.isNaN(lag) ? 0 : lag;
            found = true;
        }
        return found ? Optional.of(sum) : Optional.empty();
    }
}
