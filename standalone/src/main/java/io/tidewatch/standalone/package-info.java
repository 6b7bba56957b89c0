/** The entry of the process {@code tidewatch}. Used by nobody else. */
@org.jspecify.annotations.NullMarked
package io.tidewatch.standalone;
