/** Drills of the notifier: real processes, real brokers, receivers that fail in every way. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.telling;
