/** The types of check that pollers run, a class for each: its fields and metrics are declared here alone, and the poller's package of that type reads and measures by them. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.checks.remote;
