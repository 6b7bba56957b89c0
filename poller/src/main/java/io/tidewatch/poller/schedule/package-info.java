/** When checks run: their slots in time, and the thread that starts them. For {@code PollerApp} and the assignment of checks. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.schedule;
