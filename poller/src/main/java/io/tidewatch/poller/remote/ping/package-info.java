/** The check type {@code remote.ping}: ICMP echo over sockets of our own, on Linux. For {@code PollerApp}. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.remote.ping;
