/** Tests of the command line, and of what takes real servers to be tested. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone;
