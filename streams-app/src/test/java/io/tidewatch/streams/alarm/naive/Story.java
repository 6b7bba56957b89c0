package io.tidewatch.streams.alarm.naive;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What happens to one check and its alarms, one step after another. */
record Story(String checkType, List<Step> steps) {
    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    public String toString() {
        return "check of type " + checkType + "\n"
                + steps.stream().map(Step::toString).collect(Collectors.joining("\n"));
    }
}
