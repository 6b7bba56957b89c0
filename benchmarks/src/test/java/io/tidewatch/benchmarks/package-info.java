/** Tests of what a measurement is reckoned with, without servers. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks;
