/**
 * The topic catalogue: every topic's name, key, value, partitions and retention, and how records find their partition. For
 * every part.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.topics;
