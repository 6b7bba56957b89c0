package io.tidewatch.gateway.history;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.PageRequest;
import io.tidewatch.gateway.http.QueryParameters;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A request for a plot: range, resolution, statistics and page.
 *
 * @param range windows that begin in it, values that lie in it
 * @param page its marker is the time of the first point that may come, in milliseconds
 */
record PlotRequest(TimeRange range, PlotResolution resolution, Set<Statistic> selected, PageRequest page) {
    /** Source: the metrics page of Rackspace Cloud Monitoring's manual. */
    static final int MAX_POINTS = 1440;

    /**
     * @throws Fault naming the parameter that is bad
     */
    static PlotRequest of(QueryParameters query, Instant now) {
        TimeRange range = TimeRange.of(query, now);
        PlotResolution resolution = resolution(query, range, now);
        PageRequest page = PageRequest.of(query, MAX_POINTS, MAX_POINTS);
        page.marker().ifPresent(marker -> QueryParameters.time("marker", marker));
        return new PlotRequest(
                range.requireAtMost(resolution.longestRange(), "ask for less, or for a coarser resolution"),
                resolution,
                Statistic.selected(query),
                page);
    }

    /** Where this page begins. */
    Instant start() {
        return page.marker()
                .map(marker -> QueryParameters.time("marker", marker))
                .filter(marker -> marker.isAfter(range.from()))
                .orElse(range.from());
    }

    private static PlotResolution resolution(QueryParameters query, TimeRange range, Instant now) {
        Optional<String> points = query.one("points");
        Optional<String> resolution = query.one("resolution");
        if (points.isPresent() == resolution.isPresent()) {
            throw Fault.badField(
                    "resolution",
                    "a plot takes either points, how many there should be about, or resolution, and not both");
        }
        return resolution
                .map(PlotResolution::named)
                .orElseGet(() -> PlotResolution.nearest(points(points.orElseThrow()), range, now));
    }

    private static int points(String text) {
        try {
            int points = Integer.parseInt(text);
            if (points >= 0) {
                return points;
            }
        } catch (NumberFormatException e) {
            // Not a number is as bad as a negative one: said below.
        }
        throw Fault.badField("points", "has to be an integer from 0 on");
    }
}
