/** The alarm language: the text of an alarm's criteria becomes a {@link io.tidewatch.criteria.Criteria}, or an error with its place. For the gateway's door, the engine and the command line. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.criteria;
