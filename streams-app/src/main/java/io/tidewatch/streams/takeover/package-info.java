/**
 * What makes a process quick to take over alarms from another: criteria compiled and schemas read before its first task
 * arrives. For the wiring in {@code io.tidewatch.streams}. Nothing here is needed for correctness.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.takeover;
