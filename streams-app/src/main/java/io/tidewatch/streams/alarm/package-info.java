/**
 * Decides alarms: criteria become EPL, observations become votes, votes become transitions. The only package that knows
 * Esper. For the topologies.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.alarm;
