/**
 * The catalogue of check types: which types there are, and the fields and metrics of each. For the gateway, the poller,
 * the alarms and the documentation.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks;
