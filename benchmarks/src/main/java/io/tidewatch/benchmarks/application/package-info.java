/**
 * Stream applications and the driver at work: Tidewatch's own, and beside them the least that could do the same, which is
 * their floor. For all benchmarks.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.application;
