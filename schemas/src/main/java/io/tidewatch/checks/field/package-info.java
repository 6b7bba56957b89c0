/**
 * The fields of the details of a check or of a notification: their names, forms and limits, and how they are read. The gateway checks
 * requests with it, the poller and the notifier read details with it.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.field;
