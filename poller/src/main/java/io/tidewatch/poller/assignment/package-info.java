/** Which checks this zone runs: follows the configuration topics and keeps the schedule in step. For {@code PollerApp}. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.assignment;
