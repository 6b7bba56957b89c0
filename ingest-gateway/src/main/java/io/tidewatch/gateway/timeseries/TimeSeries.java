package io.tidewatch.gateway.timeseries;

import io.tidewatch.timeseries.Resolution;
import io.tidewatch.timeseries.Series;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads the stored history of metrics and alarms. Lists come oldest first unless said otherwise, and are complete up to the limit that was
 * asked for. Called by the HTTP server's threads, which wait for the answer.
 *
 * <p>Every method throws {@link TimeSeriesUnavailableException} when the store is away or slow; calling again is safe.
 */
public interface TimeSeries {
    /**
     * Of one transition there are no more attempts than these, the newest ones. Reminders of a problem that stays may be many more.
     */
    int MAX_ATTEMPTS_OF_A_TRANSITION = 500;

    /**
     * The metrics of some series that have been rolled up, of each those that begin a page.
     *
     * @param from for each series the first name that may come
     * @param limit of each series
     */
    List<StoredMetric> metrics(Map<Series, String> from, int limit);

    /** The metrics that the newest results of some series have: they may be too new to have been rolled up. */
    List<StoredMetric> newestMetrics(Collection<Series> series, Instant now);

    /** The rollups whose windows begin in a range. */
    MetricPoints<StoredRollup> rollups(Resolution resolution, MetricRange range);

    /** The values as checks have reported them; those of the availability are 1 and 0. Texts and booleans are no values. */
    MetricPoints<StoredValue> values(MetricRange range);

    /** The texts of a metric, where they changed. */
    List<StoredText> texts(MetricRange range);

    /** Transitions of one tenant's alarms, in the order that the range says. */
    List<StoredTransition> transitions(TransitionRange range);

    /**
     * The attempts to tell somebody of an alarm's transitions: of the newest transition first, and those of one transition the newest
     * first. Some may be missing of a transition that is the last one in a list as long as the limit.
     *
     * @param range of transitions of one alarm, the newest first, with a limit of attempts
     * @param checkId only of this check
     */
    List<StoredAttempt> attempts(TransitionRange range, Optional<String> checkId);

    /** What was withheld of one tenant's alarms, in the order that the range says. */
    List<StoredSuppression> suppressions(TransitionRange range);

    /** The newest states of the alarms of some entities, in no order. */
    List<StoredAlarmState> alarmStates(String tenantId, Collection<String> entityIds);
}
