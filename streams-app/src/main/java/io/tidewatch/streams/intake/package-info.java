/** What every application does with a result before the result is its own. For the topologies. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.intake;
