/**
 * The types of check that pollers run, a class for each: its fields and metrics are declared only here, and the poller's
 * package of that type uses them.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.remote;
