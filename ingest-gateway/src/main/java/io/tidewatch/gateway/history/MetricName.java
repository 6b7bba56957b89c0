package io.tidewatch.gateway.history;

import io.tidewatch.schema.Check;
import io.tidewatch.timeseries.Series;
import io.tidewatch.topics.CheckPath;
import java.util.Comparator;
import java.util.Optional;

/**
 * A metric as the API names it: {@code zone.metric} for a remote check, the bare metric for an agent's. Zones and metrics may
 * both contain dots.
 */
record MetricName(Series series, String metric) {
    /**
     * Reads a name by the zones that the check has now, the longest one that fits.
     *
     * @return empty when it begins with none of them
     */
    static Optional<MetricName> parse(Check check, String name) {
        CheckPath path = CheckPath.of(check);
        if (check.getMonitoringZonesPoll().isEmpty()) {
            return Optional.of(new MetricName(new Series(path, ""), name));
        }
        return check.getMonitoringZonesPoll().stream()
                .filter(zone -> name.startsWith(zone + "."))
                .max(Comparator.comparingInt(String::length))
                .map(zone -> new MetricName(new Series(path, zone), name.substring(zone.length() + 1)));
    }

    /**
     * Where a page of names begins among those of a zone.
     *
     * @param marker the first name that the page may have
     * @return the first metric of the zone that the page may have; empty when it has none of that zone
     */
    static Optional<String> first(String zoneId, String marker) {
        String beginning = of(zoneId, "");
        if (marker.startsWith(beginning)) {
            return Optional.of(marker.substring(beginning.length()));
        }
        return beginning.compareTo(marker) > 0 ? Optional.of("") : Optional.empty();
    }

    static String of(String zoneId, String metric) {
        return zoneId.isEmpty() ? metric : zoneId + "." + metric;
    }

    boolean isAvailability() {
        return metric.equals(Series.AVAILABILITY);
    }

    @Override
    public String toString() {
        return of(series.zoneId(), metric);
    }
}
