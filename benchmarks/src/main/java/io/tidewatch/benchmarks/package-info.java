/**
 * Measures Tidewatch from outside, on real servers, each figure beside its floor: here is the command only. Each benchmark
 * has a package of its own, which none but the command knows; what they share is in {@code report}, {@code servers}, {@code
 * load}, {@code application} and {@code throughput}. No other module depends on any of it.
 */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks;
