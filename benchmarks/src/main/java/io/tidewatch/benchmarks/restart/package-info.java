/** The benchmark <em>restart</em>: how long alerts are missing after a streams process was killed. For the command only. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.benchmarks.restart;
