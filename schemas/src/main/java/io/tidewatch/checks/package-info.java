/** The catalogue of check types: which there are, and what each takes and measures. For the gateway's door, the poller, the alarms and the documentation. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks;
