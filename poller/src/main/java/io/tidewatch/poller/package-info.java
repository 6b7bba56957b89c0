/** The poller: runs the checks of one monitoring zone and publishes what they observe. {@code PollerApp} is where it is put together. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller;
