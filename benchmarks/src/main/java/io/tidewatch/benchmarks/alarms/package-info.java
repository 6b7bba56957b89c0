/** The benchmark <em>alarms</em>: the throughput of alarms, and the heap of an alarm. For the command only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.alarms;
