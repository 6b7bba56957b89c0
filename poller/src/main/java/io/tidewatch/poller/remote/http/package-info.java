/** The check type {@code remote.http}: one request, its redirects, and what the last response was like. For {@code PollerApp}. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.remote.http;
