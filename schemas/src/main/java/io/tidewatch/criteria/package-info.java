/**
 * The alarm language: parses the text of an alarm's criteria to a {@link io.tidewatch.criteria.Criteria}, or to an error
 * with its place. For the gateway, the engine and the command line. The language is described in
 * topology-docs/alarm-language.md.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.criteria;
