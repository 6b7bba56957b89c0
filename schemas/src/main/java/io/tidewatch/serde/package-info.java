/** Avro in Confluent's wire format, and the schema registry behind it. For every part that reads or writes topics. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.serde;
