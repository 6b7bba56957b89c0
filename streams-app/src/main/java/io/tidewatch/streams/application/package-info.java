/**
 * What it takes to run a Kafka Streams application: its properties, its member name, failed threads, unclean ends, memory of
 * its stores, and how far it is behind. Knows no topology. For the wiring in {@code io.tidewatch.streams}.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.application;
