package io.tidewatch.notifier.suppression;

import io.tidewatch.checks.CheckTypes;
import io.tidewatch.criteria.CriteriaException;
import io.tidewatch.criteria.CriteriaParser;
import io.tidewatch.schema.Alarm;
import io.tidewatch.schema.Check;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * How long it takes an alarm at most to know of a problem: as many runs in a row as it wants, and the timeout of the last one. Confined
 * to one thread.
 */
public final class Detection {
    /** The longest there is: 5 runs each half an hour, and a timeout of as long. */
    public static final Duration LONGEST = Duration.ofHours(3);

    private static final int REMEMBERED = 1_000;

    private final CheckTypes types;

    /** How many runs in a row a criteria wants: to parse one takes a while, and many alarms have the same. */
    private final Map<String, Integer> consecutiveCounts = new HashMap<>();

    public Detection(CheckTypes types) {
        this.types = types;
    }

    public Duration of(Alarm alarm, Check check) {
        int written = alarm.getCriteria() == null ? 0 : remembered(alarm.getCriteria());
        long runs = written == 0 ? types.consecutiveCount(check.getType()) : written;
        return Duration.ofSeconds(runs * check.getPeriodSeconds() + check.getTimeoutSeconds());
    }

    private int remembered(String criteria) {
        if (consecutiveCounts.size() >= REMEMBERED) {
            consecutiveCounts.clear();
        }
        return consecutiveCounts.computeIfAbsent(criteria, Detection::written);
    }

    /** 0 when it does not say, or is none: the check's type decides then. */
    private static int written(String criteria) {
        try {
            return CriteriaParser.parse(criteria).consecutiveCount().orElse(0);
        } catch (CriteriaException e) {
            return 0;
        }
    }
}
