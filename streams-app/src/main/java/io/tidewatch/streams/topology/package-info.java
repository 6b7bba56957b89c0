/** The graphs of the Kafka Streams applications, one class each: named nodes and stores, no logic. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.streams.topology;
