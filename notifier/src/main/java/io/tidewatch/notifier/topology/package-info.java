/** The graph of the notifier's stream application. For its wiring, and for who documents or tests it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.notifier.topology;
