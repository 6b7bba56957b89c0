/**
 * Regular expressions that users write, judged before they are compiled. The only place that compiles one; for everybody who
 * takes such an expression from a user or a topic.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.pattern;
