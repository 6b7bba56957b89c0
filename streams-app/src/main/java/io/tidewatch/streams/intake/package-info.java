/**
 * What every application does with a record before the record is its own: decode it, check it, and put what is bad aside
 * as a dead letter; and how it knows that nothing more is waiting. For the topologies and their processors.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.intake;
