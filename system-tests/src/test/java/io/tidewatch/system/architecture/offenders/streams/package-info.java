/** Stands for a module in the tests of the rules. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.system.architecture.offenders.streams;
