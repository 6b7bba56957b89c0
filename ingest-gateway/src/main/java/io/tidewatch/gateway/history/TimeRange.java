package io.tidewatch.gateway.history;

import io.tidewatch.gateway.http.Fault;
import io.tidewatch.gateway.http.QueryParameters;
import java.time.Duration;
import java.time.Instant;

/**
 * What part of the past a request is about: from {@code from} to right before {@code until}. Without a word about it, the
 * seven days until now.
 *
 * <p>Source: the page on time series collections of Rackspace Cloud Monitoring's manual.
 */
record TimeRange(Instant from, Instant until) {
    private static final Duration DEFAULT_LENGTH = Duration.ofDays(7);
    private static final Duration LONGEST_OF_DAYS = Duration.ofDays(400);

    /**
     * As {@link #of}, of a list that is read from a partition for each day.
     *
     * @throws Fault when it is longer than a request may take
     */
    static TimeRange ofDays(QueryParameters query, Instant now) {
        return ofDays(query, now, DEFAULT_LENGTH);
    }

    /** @param defaultLength without a word about it */
    static TimeRange ofDays(QueryParameters query, Instant now, Duration defaultLength) {
        return of(query, now, defaultLength).requireAtMost(LONGEST_OF_DAYS, "ask for one year after the other");
    }

    /**
     * @throws Fault when {@code from} and {@code to} are no times, or in the wrong order
     */
    static TimeRange of(QueryParameters query, Instant now) {
        return of(query, now, DEFAULT_LENGTH);
    }

    private static TimeRange of(QueryParameters query, Instant now, Duration defaultLength) {
        Instant until = query.time("to").orElse(now);
        Instant from = query.time("from").orElse(until.minus(defaultLength));
        if (!from.isBefore(until)) {
            throw Fault.badField("from", "has to be before to, which is " + until.toEpochMilli());
        }
        return new TimeRange(from, until);
    }

    boolean contains(Instant at) {
        return !at.isBefore(from) && at.isBefore(until);
    }

    Duration length() {
        return Duration.between(from, until);
    }

    /**
     * @throws Fault when it is longer, which would be read from more partitions than a request may take
     */
    TimeRange requireAtMost(Duration longest, String advice) {
        if (length().compareTo(longest) > 0) {
            throw Fault.badField("from", "has to be at most " + longest.toDays() + " days before to: " + advice);
        }
        return this;
    }
}
