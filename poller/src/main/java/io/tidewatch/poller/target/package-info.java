/** Where a check's packets go: names and their addresses. For probes and the connector. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.target;
