/** Measures Tidewatch from outside, on real servers, each figure beside its floor. Nobody depends on it. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks;
