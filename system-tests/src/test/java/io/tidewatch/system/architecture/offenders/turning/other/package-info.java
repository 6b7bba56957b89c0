/** One of two packages that need each other, for the test of the rule against that. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.architecture.offenders.turning.other;
