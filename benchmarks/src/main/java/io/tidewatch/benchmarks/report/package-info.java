/** What a benchmark gives back, and the arithmetic of its figures. For all benchmarks; knows no other package. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.report;
