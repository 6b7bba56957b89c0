/**
 * The fields of a check's details: their names, forms and limits, and how they are read. The gateway checks requests with
 * it, the poller reads details with it.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.field;
