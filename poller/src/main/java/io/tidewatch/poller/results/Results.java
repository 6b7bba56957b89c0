package io.tidewatch.poller.results;

import io.tidewatch.schema.CheckResult;

/** Where results go. Called on event loops and the scheduler's thread: never blocks, never throws. Thread-safe. */
public interface Results {
    void accept(CheckResult result);
}
