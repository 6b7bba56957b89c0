/**
 * What becomes of a record that makes its task fail otherwise than by an exception: it is counted, over threads, processes
 * and rebalances, and put aside the third time. Made by each application, handed to its topology and its Kafka clients.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.runtime.quarantine;
