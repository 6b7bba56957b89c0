/** The check type {@code remote.tcp}: a connection, and what is said over it. For {@code PollerApp}. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.remote.tcp;
