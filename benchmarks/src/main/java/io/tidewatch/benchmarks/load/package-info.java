/**
 * The checks, alarms and results that are measured with, which transitions they lead to, and how fast they are sent. For
 * all benchmarks that measure alarms or rollups.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.load;
