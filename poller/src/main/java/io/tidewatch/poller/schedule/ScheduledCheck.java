package io.tidewatch.poller.schedule;

import io.tidewatch.poller.probe.Probe;
import io.tidewatch.topics.CheckPath;
import java.time.Duration;

/**
 * A check as this zone runs it.
 *
 * @param type the check's type, such as {@code remote.http}
 * @param timeout what one run may take
 */
public record ScheduledCheck(CheckPath path, String type, Duration period, Duration timeout, Probe probe) {
    public ScheduledCheck {
        if (period.toMillis() <= 0 || timeout.isNegative() || timeout.isZero()) {
            throw new IllegalArgumentException("a check's period and timeout have to be longer than nothing");
        }
    }
}
