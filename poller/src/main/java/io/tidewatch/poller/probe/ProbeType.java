package io.tidewatch.poller.probe;

import io.tidewatch.checks.declaration.CheckType;
import io.tidewatch.checks.field.Details;

/** A type of check that this poller runs: its declaration, and what makes probes of its checks. Thread-safe. */
public record ProbeType(CheckType declaration, Factory factory) {
    /** Makes probes of one type. */
    @FunctionalInterface
    public interface Factory {
        /**
         * @throws io.tidewatch.checks.field.InvalidDetailsException when the details are unfit
         * @throws InvalidCheckException when the target is
         */
        Probe probe(Details details, CheckTarget target);
    }
}
