/**
 * What it takes to run a Kafka Streams application: its properties, its member name, failed threads, unclean ends, memory of
 * its stores, and how far it is behind. Knows no topology. For the wiring of the parts that run some.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.runtime.application;
