/**
 * From criteria and observations to votes and transitions: criteria become EPL, observations events, and Esper counts and
 * decides. The only package that knows Esper; it knows nothing of Kafka and of stores. For
 * {@code io.tidewatch.streams.alarm}, and for who compiles criteria ahead.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.alarm.engine;
