/** The fields of a check's details: their names, forms and limits, and reading them. The gateway refuses by it, the poller reads by it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.field;
