/** Tests of what is on disk. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.timeseries;
