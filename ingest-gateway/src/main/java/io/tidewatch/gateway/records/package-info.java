/**
 * Records onto Kafka's topics: what one is, where it goes, and the log that acknowledges it. For the packages of the gateway that
 * write configuration or results; the only one of them with a producer.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.gateway.records;
