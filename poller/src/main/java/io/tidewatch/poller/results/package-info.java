/** From the outcome of a run to a record on the topic {@code check-results}. For the scheduler and {@code PollerApp}. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.results;
