/** Where a check's packets go: names, addresses, and which addresses a zone lets its users reach. For probes and the connector. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.poller.target;
