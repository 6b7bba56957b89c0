/** What every kind of check shares: a run with its deadline, its outcome and its measurements. For the kinds and the scheduler. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.probe;
